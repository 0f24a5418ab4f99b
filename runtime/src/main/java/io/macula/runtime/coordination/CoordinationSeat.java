package io.macula.runtime.coordination;

import io.macula.actors.cluster.ClusterChannel;
import io.macula.actors.cluster.ClusterSeat;
import io.macula.actors.cluster.ClusterView;
import io.macula.app.coordination.FencedCoordination;
import io.macula.coordination.client.FencedClient;
import io.macula.coordination.raft.Beginning;
import io.macula.coordination.raft.Electorate;
import io.macula.coordination.raft.Transport;
import io.macula.coordination.raft.VoterAddress;
import io.macula.coordination.raft.VoterSet;
import io.macula.dht.NodeId;
import io.macula.runtime.CoordinationTuning;
import io.macula.runtime.Wiring;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A member's place in the coordination of its Cluster: its voter, what the other members told, and the way to
/// the voters. Belongs to the node and outlives the process [Coordination], which decides what is done. All
/// that blocks runs on a thread of its own, one thing after the other. Safe to use from any thread.
public final class CoordinationSeat implements AutoCloseable {

    /// What a seat is made of.
    ///
    /// @param folder of this Cluster's coordination, in the node's data folder
    /// @param wiring what voters talk over
    public record Parts(NodeId self, ClusterSeat cluster, CoordinationTuning tuning, Path folder,
            Wiring wiring) {}

    private static final Logger LOG = LoggerFactory.getLogger(CoordinationSeat.class);

    /// Members whose words are kept; a Cluster has ten.
    private static final int HEARD_MAX = 100;

    private static final Duration CHANGE_PATIENCE = Duration.ofSeconds(10);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    private final Parts parts;
    private final OwnVoter own;
    private final KnownVoters voters;
    private final FencedClient client;
    private final Map<NodeId, VoterPlan.Heard> heard = new ConcurrentHashMap<>();
    private final ExecutorService work = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("macula-coordination").factory());
    private volatile Runnable nudge = () -> {};
    private volatile Runnable met = () -> {};
    private volatile CoordinationView view = CoordinationView.NONE;

    public CoordinationSeat(Parts parts) {
        this.parts = parts;
        this.own = new OwnVoter(parts, this::transport);
        this.voters = new KnownVoters(this::transport);
        this.client = FencedClient.over(voters);
        parts.cluster().channel().listen(Word.MARK, hearer());
        var _ = parts.cluster().membership().subscribe(_ -> nudge.run());
    }

    private Transport transport() {
        var tls = parts.cluster().tls();
        return parts.wiring().voters(new Transport.MutualTls(tls.keys(), tls.trust()));
    }

    /// For workloads, whether this member votes or not.
    public FencedCoordination coordination() {
        return client;
    }

    /// What is known here of the voters; asks nobody.
    public CoordinationView view() {
        return view;
    }

    VoterPlan.Rules rules() {
        return new VoterPlan.Rules(parts.cluster().settings().seeds(), parts.tuning().votersMax(),
                parts.tuning().replaceAfter());
    }

    /// From now on `next` runs when another look may show something new, and `greeting` when others have come into reach
    /// who have been told nothing yet; on any thread.
    void nudging(Runnable next, Runnable greeting) {
        nudge = next;
        met = greeting;
    }

    /// Ends a voter that an earlier process left running.
    CompletionStage<Void> begin() {
        return working(() -> {
            own.stop();
            own.rehearse();
        });
    }

    /// Ends the voter; what it has on disk stays.
    CompletionStage<Void> end() {
        nudging(() -> {}, () -> {});
        return working(own::stop);
    }

    /// What is known at this moment.
    CompletionStage<VoterPlan.Facts> look() {
        try {
            return CompletableFuture.supplyAsync(this::facts, work);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.failedStage(closed);
        }
    }

    private VoterPlan.Facts facts() {
        var members = parts.cluster().membership().view();
        heard.keySet()
                .retainAll(members.members()
                        .stream()
                        .map(ClusterView.Member::node)
                        .collect(Collectors.toSet()));
        var place = own.place();
        place.electorate().ifPresent(known -> voters.follow(known, place.address().id()));
        var standing = own.standing();
        show(CoordinationView.of(place, standing, view.problem()));
        return new VoterPlan.Facts(place.address(), place.electorate(), standing, members, heard,
                now());
    }

    private void show(CoordinationView next) {
        if (view.state() != next.state()) {
            LOG.atInfo()
                    .addKeyValue("voter", next.own())
                    .addKeyValue("as", next.state())
                    .log(
                            "takes part in coordination");
        }
        view = next;
    }

    private static Duration now() {
        return Duration.ofNanos(System.nanoTime());
    }

    CompletionStage<Void> found(List<VoterAddress> first) {
        return learn(new Electorate(UUID.randomUUID(), 0, first));
    }

    CompletionStage<Void> learn(Electorate electorate) {
        return working(() -> own.learn(electorate));
    }

    CompletionStage<Void> start(Beginning beginning, Electorate electorate) {
        return working(() -> own.start(beginning, electorate));
    }

    /// Ends a voter that takes no part any more; fails, so that it is not started again at once.
    CompletionStage<Void> stop() {
        return working(() -> {
            own.stop();
            throw new IllegalStateException("its voter ended by itself and is started again");
        });
    }

    CompletionStage<Void> renew() {
        return working(own::renew);
    }

    /// Not on the working thread: voters answer late, and meanwhile there may be other things to do.
    CompletionStage<Void> change(VoterSet next) {
        var done = new CompletableFuture<Void>();
        Thread.ofVirtual().name("coordination-change").start(() -> {
            if (!voters.reconfigure(next, CHANGE_PATIENCE)) {
                LOG.atWarn()
                        .addKeyValue("voters",
                                next.voters().stream().map(VoterAddress::id).toList())
                        .log("a change of the voters is not confirmed yet");
            }
            done.complete(null);
        });
        return done;
    }

    private CompletionStage<Void> working(Runnable task) {
        try {
            return CompletableFuture.runAsync(task, work);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.failedStage(closed);
        }
    }

    /// Notes what keeps the voter from running, as one sentence; empty when nothing does.
    void problem(String sentence) {
        view = view.withProblem(sentence);
    }

    /// Tells the others of this member's part.
    void tell(Set<String> wanted) {
        var channel = parts.cluster().channel();
        own.told().ifPresent(place -> {
            var frame = new Word(place.address(), own.isRunning(), place.electorate(), wanted)
                    .encode();
            for (var member : channel.reachable()) {
                var _ = channel.send(member, frame);
            }
        });
    }

    private ClusterChannel.Listener hearer() {
        return new ClusterChannel.Listener() {
            @Override
            public void received(NodeId from, byte[] frame) {
                Word.decode(frame)
                        .ifPresentOrElse(word -> hear(from, word), () -> LOG.atWarn()
                                .addKeyValue("node", from.hex())
                                .log("what a member told of its voter cannot be read"));
            }

            @Override
            public void reachableAre(Set<NodeId> members) {
                met.run();
                nudge.run();
            }
        };
    }

    private void hear(NodeId from, Word word) {
        if (heard.size() >= HEARD_MAX && !heard.containsKey(from)) {
            return;
        }
        var before = heard.put(from, new VoterPlan.Heard(word, now()));
        if (before == null || !before.word().equals(word)) {
            nudge.run();
        }
    }

    /// Gives back what this node's sessions hold at this moment: locks, and leadership.
    public void giveBack() {
        client.close();
    }

    /// Gives back what this node's sessions hold, then ends its voter. Blocks a few seconds at most.
    @Override
    public void close() {
        client.close();
        var ended = end().toCompletableFuture();
        work.shutdown();
        try {
            ended.completeOnTimeout(null, CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
        } finally {
            voters.close();
        }
    }
}
