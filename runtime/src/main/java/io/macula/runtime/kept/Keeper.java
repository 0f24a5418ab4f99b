package io.macula.runtime.kept;

import io.macula.supervision.Child;
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
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// Keeps a dynamic supervisor in step with the children that shall run under it: starts those that do not run,
/// again after a while when they ended, and stops those nobody wants any more.
public final class Keeper {

    public sealed interface Command {}

    private record LookDue() implements Command {}

    private record Seen(List<ChildInfo> children) implements Command {}

    private record NotSeen() implements Command {}

    private record Started(Child<?> child, StartResult result) implements Command {}

    /// Nobody knows what became of it; the next look tells.
    private record NotStarted() implements Command {}

    private record Stopped() implements Command {}

    /// How soon a child that ended is started again, at the latest.
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    @SuppressWarnings("unchecked") private static final Class<List<ChildInfo>> CHILDREN = (Class<List<ChildInfo>>) (Class<?>) List.class;

    private static final Duration LOOK_PATIENCE = Duration.ofSeconds(5);
    private static final Duration CHANGE_PATIENCE = Duration.ofMinutes(1);

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final KeptChildren kept;
    private final ActorRef<Supervisor.Command> supervisor;
    private boolean isLooking;
    private boolean isDue;
    private int changes;

    private Keeper(ActorContext<Command> context, TimerScheduler<Command> timers,
            KeptChildren kept, ActorRef<Supervisor.Command> supervisor) {
        this.context = context;
        this.timers = timers;
        this.kept = kept;
        this.supervisor = supervisor;
    }

    /// @param supervisor a stable ref to the dynamic supervisor
    public static Behavior<Command> create(KeptChildren kept,
            ActorRef<Supervisor.Command> supervisor) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.setLoggerName(Keeper.class);
            var self = context.getSelf();
            var keeper = new Keeper(context, timers, kept, supervisor);
            kept.nudging(() -> self.tell(new LookDue()));
            keeper.look();
            return Behaviors.receiveMessage(keeper::on);
        }));
    }

    private Behavior<Command> on(Command command) {
        switch (command) {
            case LookDue() -> look();
            case Seen(var children) -> {
                isLooking = false;
                mend(children);
                if (children.isEmpty() && kept.all().isEmpty()) {
                    timers.cancel(LookDue.class); // until it is told that something shall run
                }
                lookAgain();
            }
            case NotSeen() -> {
                isLooking = false;
                lookAgain();
            }
            case Started(var child, var result) -> {
                started(child, result);
                changes--;
                lookAgain();
            }
            case NotStarted() -> {
                changes--;
                lookAgain();
            }
            case Stopped() -> {
                changes--;
                isDue = true; // another of its id may wait for its place
                lookAgain();
            }
        }
        return Behaviors.same();
    }

    /// Not while something is being changed: what is seen then may be old, and one child be taken for
    /// another of its id.
    private void look() {
        if (isLooking || changes > 0) {
            isDue = true;
            return;
        }
        isDue = false;
        isLooking = true;
        if (!timers.isTimerActive(LookDue.class)) {
            timers.startTimerWithFixedDelay(LookDue.class, new LookDue(), LOOK_EVERY);
        }
        context.ask(CHILDREN, supervisor, LOOK_PATIENCE, Supervisor.WhichChildren::new,
                (children, failure) -> failure == null ? new Seen(children) : new NotSeen());
    }

    private void lookAgain() {
        if (isDue) {
            look();
        }
    }

    private void mend(List<ChildInfo> children) {
        var there = children.stream().map(ChildInfo::id).collect(Collectors.toSet());
        for (var child : kept.all()) {
            if (!there.contains(child.id())) {
                start(child);
            }
        }
        for (var id : there) {
            if (!kept.isWanted(id)) {
                stop(id);
            }
        }
    }

    private void start(Child<?> child) {
        changes++;
        context.ask(StartResult.class, supervisor, CHANGE_PATIENCE,
                (ActorRef<StartResult> answer) -> new Supervisor.StartChild(child, answer),
                (result, failure) -> failure == null
                        ? new Started(child, result)
                        : new NotStarted());
    }

    private void started(Child<?> child, StartResult result) {
        switch (result) {
            case StartResult.Started _ -> kept.starts(child);
            case StartResult.Failed(var reason) -> context.getLog()
                    .atWarn()
                    .addKeyValue("child", child.id())
                    .addKeyValue("reason", reason)
                    .log("a kept process did not start");
            case StartResult.Ignored _,StartResult.AlreadyStarted _,StartResult.AlreadyPresent _,StartResult.Refused _,StartResult.MaxChildren _ -> {
                // the next look tells what runs there
            }
        }
    }

    private void stop(String id) {
        changes++;
        context.ask(TerminateResult.class, supervisor, CHANGE_PATIENCE,
                (ActorRef<TerminateResult> answer) -> new Supervisor.TerminateChild(id, answer),
                (_, _) -> new Stopped());
    }
}
