package io.macula.runtime.kept;

import io.macula.supervision.ChildInfo;
import io.macula.supervision.StartResult;
import io.macula.supervision.Supervisor;
import io.macula.supervision.TerminateResult;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Keeps a dynamic supervisor in step with the children that shall run under it: starts those that do not run,
/// again after a while when they ended, and stops those nobody wants any more.
public final class Keeper {

    public sealed interface Command {}

    private record LookDue() implements Command {}

    private record Seen(List<ChildInfo> children) implements Command {}

    private record Started(StartResult result) implements Command {}

    private record Stopped(TerminateResult result) implements Command {}

    /// How soon a child that ended is started again, at the latest.
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final ActorContext<Command> context;
    private final KeptChildren kept;
    private final ActorRef<Supervisor.Command> supervisor;

    private Keeper(ActorContext<Command> context, KeptChildren kept,
            ActorRef<Supervisor.Command> supervisor) {
        this.context = context;
        this.kept = kept;
        this.supervisor = supervisor;
    }

    /// @param supervisor a stable ref to the dynamic supervisor
    public static Behavior<Command> create(KeptChildren kept,
            ActorRef<Supervisor.Command> supervisor) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.setLoggerName(Keeper.class);
            var self = context.getSelf();
            var keeper = new Keeper(context, kept, supervisor);
            kept.nudging(() -> self.tell(new LookDue()));
            timers.startTimerWithFixedDelay(new LookDue(), LOOK_EVERY);
            keeper.look();
            return Behaviors.receiveMessage(keeper::on);
        }));
    }

    private Behavior<Command> on(Command command) {
        switch (command) {
            case LookDue() -> look();
            case Seen(var children) -> mend(children);
            case Started(StartResult.Failed(var reason)) -> context.getLog()
                    .atWarn()
                    .addKeyValue("reason", reason)
                    .log("a kept process did not start");
            case Started(_) -> {
            }
            case Stopped(_) -> look();
        }
        return Behaviors.same();
    }

    @SuppressWarnings("unchecked")
    private void look() {
        var answer = context.messageAdapter((Class<List<ChildInfo>>) (Class<?>) List.class,
                Seen::new);
        supervisor.tell(new Supervisor.WhichChildren(answer));
    }

    private void mend(List<ChildInfo> children) {
        var there = children.stream().map(ChildInfo::id).collect(Collectors.toSet());
        var started = context.messageAdapter(StartResult.class, Started::new);
        for (var child : kept.all()) {
            if (!there.contains(child.id())) {
                kept.starts(child);
                supervisor.tell(new Supervisor.StartChild(child, started));
            }
        }
        var stopped = context.messageAdapter(TerminateResult.class, Stopped::new);
        for (var id : there) {
            if (!kept.isWanted(id)) {
                supervisor.tell(new Supervisor.TerminateChild(id, stopped));
            }
        }
    }
}
