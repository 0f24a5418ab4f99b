package io.macula.actors.cluster;

import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// Takes the frames of other members, hands them on, and tells the senders what was seen. Runs in the
/// actor system of an incarnation, on another dispatcher than heartbeats.
final class FrameGate {

    sealed interface Command permits PacketBytes, SeenDue, Ticked {}

    record SeenDue() implements Command {}

    record Ticked() implements Command {}

    /// Name of the actor, by which other members find it.
    static final String NAME = "frames";

    /// So many unanswered frames are answered at once: well before the sender's window is full.
    private static final int FRAMES_PER_SEEN = SendWindow.FRAMES_MAX / 8;

    /// And so many bytes.
    private static final int BYTES_PER_SEEN = SendWindow.BYTES_MAX / 8;

    /// Fewer wait for company, but not longer than this.
    private static final Duration SEEN_WITHIN = Duration.ofMillis(20);

    private static final Duration TICK = Duration.ofMillis(250);

    /// Frames of one member that were not answered yet.
    private record Unanswered(Packet.Frame last, int frames, int bytes) {}

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final NodeId self;
    private final Membership membership;
    private final ClusterChannel channel;
    private final Map<NodeId, Unanswered> unanswered = new HashMap<>();

    private FrameGate(ActorContext<Command> context, TimerScheduler<Command> timers, NodeId self,
            Membership membership, ClusterChannel channel) {
        this.context = context;
        this.timers = timers;
        this.self = self;
        this.membership = membership;
        this.channel = channel;
    }

    static Behavior<Command> create(NodeId self, Membership membership, ClusterChannel channel) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.setLoggerName(FrameGate.class);
            timers.startTimerWithFixedDelay(new Ticked(), TICK);
            return new FrameGate(context, timers, self, membership, channel).open();
        }));
    }

    private Behavior<Command> open() {
        return Behaviors.receiveMessage(command -> {
            switch (command) {
                case PacketBytes(var encoded) -> Packet.decode(encoded)
                        .ifPresentOrElse(this::take, this::malformed);
                case SeenDue() -> answerAll();
                case Ticked() -> channel.ticked();
            }
            return Behaviors.same();
        });
    }

    private void take(Packet packet) {
        switch (packet) {
            case Packet.Frame frame -> take(frame);
            case Packet.Seen seen -> channel.seen(seen);
            case Packet.Ask _,Packet.Answer _ -> malformed();
        }
    }

    private void take(Packet.Frame frame) {
        if (!isMember(frame.from())) {
            context.getLog()
                    .atDebug()
                    .addKeyValue("node", frame.from().hex())
                    .log("frame of a node that is no member dropped");
            return;
        }
        channel.arrived(frame);
        var before = unanswered.get(frame.from());
        var isSame = before != null && before.last().session() == frame.session();
        var frames = isSame && before != null ? before.frames() + 1 : 1;
        var bytes = frame.content().length + (isSame && before != null ? before.bytes() : 0);
        if (frames >= FRAMES_PER_SEEN || bytes >= BYTES_PER_SEEN) {
            unanswered.remove(frame.from());
            answer(frame);
            return;
        }
        unanswered.put(frame.from(), new Unanswered(frame, frames, bytes));
        if (!timers.isTimerActive(SeenDue.class)) {
            timers.startSingleTimer(SeenDue.class, new SeenDue(), SEEN_WITHIN);
        }
    }

    /// Bounded by the number of members: others have no entry.
    private boolean isMember(NodeId node) {
        return membership.view().members().stream().anyMatch(each -> each.node().equals(node));
    }

    private void answerAll() {
        unanswered.values().forEach(each -> answer(each.last()));
        unanswered.clear();
    }

    private void answer(Packet.Frame frame) {
        channel.answer(frame.from(),
                new Packet.Seen(self, frame.session(), frame.frames(), frame.bytes()));
    }

    private void malformed() {
        context.getLog().atWarn().log("a member sent what is no frame");
    }
}
