package io.macula.actors.cluster;

import io.macula.dht.NodeId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.MemberStatus;

/// Gets one incarnation into a Cluster and publishes what is known of it. What to do while it is no
/// member is decided by [Founding]. Runs in the actor system of the incarnation.
final class Seeker {

    sealed interface Command permits PacketBytes, Changed, Ticked {}

    /// Pekko Cluster has news.
    record Changed() implements Command {}

    record Ticked() implements Command {}

    /// What it is made of.
    ///
    /// @param incarnation which one it is
    /// @param before members of the last Cluster this node was in
    record Parts(NodeId self, ClusterSettings settings, int incarnation,
            List<ClusterAddress> before, Membership membership, ClusterChannel channel,
            Clock clock) {}

    /// Name of the actor, by which others find it.
    static final String NAME = "seeker";

    private static final Duration TICK = Duration.ofMillis(100);
    private static final String PROTOCOL = "pekko";

    private final ActorContext<Command> context;
    private final Parts parts;
    private final Cluster cluster;
    private final ActorRefResolver refs;
    private final ClusterAddress address;

    /// Tells this incarnation's frames from those of another one.
    private final long session = ThreadLocalRandom.current().nextLong();

    private final Map<ClusterAddress, ActorRef<Command>> others = new HashMap<>();
    private Founding founding;

    private Seeker(ActorContext<Command> context, Parts parts, Cluster cluster,
            ClusterAddress address) {
        this.context = context;
        this.parts = parts;
        this.cluster = cluster;
        this.refs = ActorRefResolver.get(context.getSystem());
        this.address = address;
        this.founding = Founding.of(address, parts.settings().seeds(), parts.before());
    }

    static Behavior<Command> create(Parts parts) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.setLoggerName(Seeker.class);
            var cluster = Cluster.get(Adapter.toClassic(context.getSystem()));
            var address = Views.addressOf(cluster.selfAddress()).orElseThrow();
            var news = context.messageAdapter(ClusterEvent.ClusterDomainEvent.class,
                    _ -> new Changed());
            cluster.subscribe(Adapter.toClassic(news), ClusterEvent.initialStateAsEvents(),
                    ClusterEvent.ClusterDomainEvent.class);
            timers.startTimerWithFixedDelay(new Ticked(), Duration.ZERO, TICK);
            return new Seeker(context, parts, cluster, address).seeking();
        }));
    }

    private Behavior<Command> seeking() {
        return Behaviors.receiveMessage(command -> {
            switch (command) {
                case PacketBytes(var encoded) -> Packet.decode(encoded).ifPresent(this::take);
                case Changed() -> publish();
                case Ticked() -> tick();
            }
            return Behaviors.same();
        });
    }

    private void take(Packet packet) {
        switch (packet) {
            case Packet.Ask(var from) -> {
                hear(from, false);
                tell(from, new Packet.Answer(address, letsIn()));
            }
            case Packet.Answer(var from, var isMember) -> hear(from, isMember);
            case Packet.Frame _,Packet.Seen _ -> context.getLog()
                    .atWarn()
                    .log("a frame went astray");
        }
    }

    private void hear(ClusterAddress from, boolean isMember) {
        if (!isMember()) {
            founding = founding.heard(from, isMember, now());
        }
    }

    private void tick() {
        publish();
        if (isMember()) {
            return;
        }
        var step = founding.ticked(now());
        founding = step.next();
        step.effects().forEach(this::perform);
    }

    private void perform(Founding.Effect effect) {
        switch (effect) {
            case Founding.Effect.Ask(var whom) -> tell(whom, new Packet.Ask(address));
            case Founding.Effect.Join(var members) -> {
                context.getLog().atInfo().addKeyValue("members", members).log("joining");
                cluster.joinSeedNodes(members.stream().map(this::pekkoAddress).toList());
            }
            case Founding.Effect.Found() -> {
                context.getLog()
                        .atInfo()
                        .addKeyValue("cluster", parts.settings().name())
                        .log("founding");
                cluster.join(cluster.selfAddress());
            }
        }
    }

    /// True from the moment this node has been let in.
    private boolean isMember() {
        return cluster.selfMember().status() != MemberStatus.removed();
    }

    private boolean letsIn() {
        var status = cluster.selfMember().status();
        return status == MemberStatus.up() || status == MemberStatus.weaklyUp();
    }

    private void tell(ClusterAddress to, Packet packet) {
        if (others.size() >= Founding.HEARD_MAX) {
            others.clear();
        }
        others.computeIfAbsent(to, this::seekerAt).tell(PacketBytes.of(packet));
    }

    private ActorRef<Command> seekerAt(ClusterAddress at) {
        return refs.resolveActorRef(pekkoAddress(at) + "/user/" + NAME);
    }

    private Address pekkoAddress(ClusterAddress at) {
        return new Address(PROTOCOL, parts.settings().name(), at.host(), at.port());
    }

    private Instant now() {
        return parts.clock().instant();
    }

    private void publish() {
        var state = cluster.state();
        var own = new Views.Own(parts.settings().name(), parts.incarnation(),
                parts.membership().view().downed(), cluster.selfUniqueAddress(),
                cluster.selfMember().status(), founding.joinedAt() != null);
        var view = Views.of(own, state);
        if (parts.membership().publish(view)) {
            reach(view, state);
        }
    }

    private void reach(ClusterView view, ClusterEvent.CurrentClusterState state) {
        var channel = parts.channel();
        var before = channel.reachable();
        var uids = Views.uids(state);
        var inReach = view.members().stream().filter(ClusterView.Member::isInReach).toList();
        inReach.forEach(member -> channel.opened(member.node(),
                session ^ uids.getOrDefault(member.address(), 0L), wireTo(member.address())));
        channel.only(inReach.stream().map(ClusterView.Member::node).collect(Collectors.toSet()));
        if (!before.equals(channel.reachable())) {
            channel.changed();
        }
    }

    private ClusterChannel.Wire wireTo(ClusterAddress at) {
        ActorRef<FrameGate.Command> gate = refs.resolveActorRef(
                pekkoAddress(at) + "/user/" + FrameGate.NAME);
        return packet -> gate.tell(PacketBytes.of(packet));
    }
}
