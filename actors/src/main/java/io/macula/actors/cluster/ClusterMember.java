package io.macula.actors.cluster;

import io.macula.supervision.Key;
import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// Makes the node a member of its Cluster, in one incarnation after the other: each is an actor system
/// with Pekko Cluster, which Pekko ends when the others go on without it. That is expected and no
/// crash, so it counts against no restart limit: the next incarnation begins after a pause that
/// [Lives] decides on.
///
/// Beginning, running, waiting, and beginning again; from each of them to leaving, and to the end.
public final class ClusterMember {

    public static final Key<Command> KEY = Key.of("cluster_member");

    public sealed interface Command {}

    /// Leave the Cluster in good order, then stop.
    public record Leave() implements Command {}

    private record BeginEnded(ClusterSeat.Begun begun) implements Command {}

    private record Ended(Incarnation which, ClusterEnd how) implements Command {}

    private record Due() implements Command {}

    private record Overdue() implements Command {}

    /// How long the other members may take to let this one go.
    private static final Duration LEAVE_PATIENCE = Duration.ofSeconds(4);

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final ClusterSeat seat;

    private ClusterMember(ActorContext<Command> context, TimerScheduler<Command> timers,
            ClusterSeat seat) {
        this.context = context;
        this.timers = timers;
        this.seat = seat;
    }

    public static Behavior<Command> create(ClusterSeat seat) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.setLoggerName(ClusterMember.class);
            return new ClusterMember(context, timers, seat).begin();
        }));
    }

    private Behavior<Command> begin() {
        context.pipeToSelf(seat.begin(), (begun, failure) -> new BeginEnded(begun != null
                ? begun
                : new ClusterSeat.Begun.Failed("the member cannot start: " + failure)));
        return beginning(false);
    }

    private Behavior<Command> beginning(boolean isLeaving) {
        return Behaviors.receive((_, command) -> switch (command) {
            case BeginEnded(ClusterSeat.Begun.Running(var incarnation)) -> {
                context.pipeToSelf(incarnation.ended(), (how, failure) -> new Ended(incarnation,
                        how != null ? how : new ClusterEnd.Failed("it broke: " + failure)));
                yield isLeaving ? leave(incarnation) : run(incarnation);
            }
            case BeginEnded(ClusterSeat.Begun.Failed(var why)) ->
                isLeaving ? Behaviors.stopped() : again(new ClusterEnd.Failed(why));
            case Leave() -> beginning(true);
            case Ended _,Due _,Overdue _ -> Behaviors.same();
        }, this::signal);
    }

    private Behavior<Command> run(Incarnation incarnation) {
        context.getLog()
                .atInfo()
                .addKeyValue("address", incarnation.address())
                .log("looking for the Cluster");
        return Behaviors.receive((_, command) -> switch (command) {
            case Ended(var which, var how) ->
                which == incarnation ? again(how) : Behaviors.same();
            case Leave() -> leave(incarnation);
            case BeginEnded _,Due _,Overdue _ -> Behaviors.same();
        }, this::signal);
    }

    private Behavior<Command> again(ClusterEnd how) {
        var pause = seat.ended(how);
        var log = context.getLog().atWarn().addKeyValue("again_in_ms", pause.toMillis());
        switch (how) {
            case ClusterEnd.Downed() -> log.log("downed");
            case ClusterEnd.Left() -> log.log("asked to leave by another member");
            case ClusterEnd.Failed(var why) -> log.log(why);
        }
        timers.startSingleTimer(new Due(), pause);
        return Behaviors.receive((_, command) -> switch (command) {
            case Due() -> begin();
            case Leave() -> Behaviors.stopped();
            case BeginEnded _,Ended _,Overdue _ -> Behaviors.same();
        }, this::signal);
    }

    private Behavior<Command> leave(Incarnation incarnation) {
        timers.startSingleTimer(new Overdue(), LEAVE_PATIENCE);
        incarnation.leave();
        return Behaviors.receive((_, command) -> switch (command) {
            case Ended _ -> Behaviors.stopped();
            case Overdue() -> {
                incarnation.abandon();
                yield Behaviors.same();
            }
            case BeginEnded _,Due _,Leave _ -> Behaviors.same();
        }, this::signal);
    }

    private Behavior<Command> signal(ActorContext<Command> ignored, Signal signal) {
        if (signal instanceof PostStop) {
            seat.abandon();
        }
        return Behaviors.same();
    }
}
