package io.macula.actors.cluster;

import com.typesafe.config.Config;
import io.macula.actors.identity.NodeKey;
import io.macula.actors.identity.Realm;
import java.net.BindException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;

/// A node's place in its Cluster: what is known of the members, the channel to them, and what has to
/// outlive a process that was killed and could clean up nothing (the actor system that still runs, its
/// port, who was a member). Belongs to the node. Starts and ends follow each other, and neither blocks
/// the caller. Safe to use from any thread.
public final class ClusterSeat {

    /// What became of the start of an incarnation.
    sealed interface Begun {
        record Running(Incarnation incarnation) implements Begun {}

        /// One sentence.
        record Failed(String why) implements Begun {}
    }

    /// A start reads files, makes keys and binds a port.
    private static final Executor STARTER = task -> Thread.ofPlatform()
            .daemon()
            .name("macula-cluster-start")
            .start(task);

    private final ClusterSettings settings;
    private final NodeKey key;
    private final Realm realm;
    private final Clock clock;
    private final UnaryOperator<Config> adjust;
    private final MemberDialling dialling;
    private final Membership membership;
    private final ClusterChannel channel;
    private CompletionStage<Begun> last = CompletableFuture.completedStage(
            new Begun.Failed("not begun yet"));
    private volatile int port;
    private volatile List<ClusterAddress> before = List.of();
    private Lives lives = Lives.NONE;
    private long begunNanos;

    private ClusterSeat(ClusterSettings settings, NodeKey key, Realm realm, Clock clock,
            UnaryOperator<Config> adjust, MemberDialling dialling) {
        this.settings = settings;
        this.key = key;
        this.realm = realm;
        this.clock = clock;
        this.adjust = adjust;
        this.dialling = dialling;
        this.port = settings.port();
        this.membership = new Membership(settings.name());
        this.channel = new ClusterChannel(key.id(), System::nanoTime);
        membership.subscribe(this::remember);
    }

    /// @param key proves the node's id to the other members
    /// @param realm whose nodes may be members
    public static ClusterSeat of(ClusterSettings settings, NodeKey key, Realm realm) {
        return of(settings, key, realm, MemberDialling.REAL);
    }

    /// @param adjust changes what Pekko reads, for tests
    static ClusterSeat of(ClusterSettings settings, NodeKey key, Realm realm,
            UnaryOperator<Config> adjust) {
        return new ClusterSeat(settings, key, realm, Clock.systemUTC(), adjust,
                MemberDialling.REAL);
    }

    /// @param dialling what its connections to other members run through
    public static ClusterSeat of(ClusterSettings settings, NodeKey key, Realm realm,
            MemberDialling dialling) {
        return new ClusterSeat(settings, key, realm, Clock.systemUTC(), UnaryOperator.identity(),
                dialling);
    }

    /// Who the members are, as far as this node knows.
    public Membership membership() {
        return membership;
    }

    /// The way to the other members.
    public ClusterChannel channel() {
        return channel;
    }

    public ClusterSettings settings() {
        return settings;
    }

    /// For a connection of its own between members, which lets in the same nodes as the Cluster.
    public MemberTls tls() {
        return ClusterTls.parts(key, new ClusterTrust(realm, settings.members()), clock.instant());
    }

    /// Ends what runs or is being started, then starts an incarnation.
    synchronized CompletionStage<Begun> begin() {
        lives = lives.begin();
        begunNanos = System.nanoTime();
        membership.publish(ClusterView.starting(settings.name(), lives.begun(), lives.downed(),
                membership.view().problem()));
        var number = lives.begun();
        last = cleared().thenApplyAsync(_ -> start(number), STARTER)
                .exceptionally(failure -> new Begun.Failed(why(failure)));
        return last;
    }

    /// Ends what runs or is being started, without a word to the other members: what a process does
    /// that stops, and a node whose process was killed.
    public synchronized void abandon() {
        last = cleared();
        nobodyIsInReach();
        membership.publish(membership.view().as(ClusterView.State.STOPPED, ""));
    }

    /// Notes how the last incarnation ended; returns how long to wait before the next one.
    synchronized Duration ended(ClusterEnd how) {
        var again = lives.ended(how instanceof ClusterEnd.Downed,
                Duration.ofNanos(System.nanoTime() - begunNanos),
                ThreadLocalRandom.current().nextDouble());
        lives = again.next();
        nobodyIsInReach();
        membership.publish(new ClusterView(settings.name(), switch (how) {
            case ClusterEnd.Downed _ -> ClusterView.State.DOWNED;
            case ClusterEnd.Left _,ClusterEnd.Failed _ -> ClusterView.State.STARTING;
        }, lives.begun(), lives.downed(), null, List.of(), switch (how) {
            case ClusterEnd.Downed _ -> "downed: the other members went on without this node";
            case ClusterEnd.Left _ -> "";
            case ClusterEnd.Failed(var why) -> why;
        }));
        return again.pause();
    }

    private CompletionStage<Begun> cleared() {
        return last.thenCompose(begun -> switch (begun) {
            case Begun.Failed _ -> CompletableFuture.completedStage(begun);
            case Begun.Running(var incarnation) -> {
                incarnation.abandon();
                yield incarnation.ended().thenApply(_ -> new Begun.Failed("ended"));
            }
        });
    }

    private Begun start(int number) {
        var trust = new ClusterTrust(realm, settings.members());
        var tls = ClusterTls.of(key, trust, clock.instant(), dialling);
        var parts = new Seeker.Parts(key.id(), settings, number, before, membership, channel,
                clock);
        var config = adjust.apply(ClusterConfig.of(settings, key.id(), port));
        var incarnation = Incarnation.start(parts, tls, config);
        port = incarnation.address().port(); // the others know this node by it
        return new Begun.Running(incarnation);
    }

    private String why(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return "the member cannot listen on " + settings.host() + ":" + port
                        + " (" + cause.getMessage() + "); free the port, or choose another one with"
                        + " macula.cluster.port";
            }
        }
        var cause = failure.getCause() == null ? failure : failure.getCause();
        return "the member cannot start: " + cause.getMessage();
    }

    private void nobodyIsInReach() {
        channel.only(Set.of());
        channel.changed();
    }

    /// Whoever is a member together with this node knows, after this node was away, whether the Cluster
    /// goes on.
    private void remember(ClusterView view) {
        if (view.isUp()) {
            before = view.members().stream().map(ClusterView.Member::address).toList();
        }
    }
}
