package io.macula.runtime.coordination;

import io.macula.supervision.Key;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/// Keeps the voters of a Cluster in step with its members, from one member. The decisions are made by [VoterPlan]; this
/// process looks, has them carried out off its thread, and tells the others. It goes from waiting to looking to
/// working, and back. A voter that cannot start is an expected outcome, said in a sentence and tried again.
public final class Coordination {

    public static final Key<Command> KEY = Key.of("coordination");

    public sealed interface Command {}

    private record LookDue() implements Command {}

    private record Looked(VoterPlan.Facts facts) implements Command {}

    private record Done() implements Command {}

    private record Failed(String why) implements Command {}

    private record TellDue() implements Command {}

    /// How often it looks when nothing calls for it.
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    /// How long it waits after what could not be done.
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private static final Duration TELL_EVERY = Duration.ofMillis(500);

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final CoordinationSeat seat;
    private final AtomicBoolean isNudged = new AtomicBoolean();
    private VoterPlan plan = VoterPlan.NONE;
    private String problem = "";

    private Coordination(ActorContext<Command> context, TimerScheduler<Command> timers,
            CoordinationSeat seat) {
        this.context = context;
        this.timers = timers;
        this.seat = seat;
    }

    public static Behavior<Command> create(CoordinationSeat seat) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.setLoggerName(Coordination.class);
            timers.startTimerWithFixedDelay(new TellDue(), TELL_EVERY);
            return new Coordination(context, timers, seat).begin();
        }));
    }

    private Behavior<Command> begin() {
        var self = context.getSelf();
        seat.nudging(() -> {
            if (isNudged.compareAndSet(false, true)) {
                self.tell(new LookDue());
            }
        }, () -> self.tell(new TellDue()));
        return working(seat.begin(), new ArrayDeque<>());
    }

    private Behavior<Command> waiting(Duration pause) {
        timers.startSingleTimer(LookDue.class, new LookDue(), pause);
        return Behaviors.receive((_, command) -> switch (command) {
            case LookDue() -> looking();
            case TellDue() -> tell();
            case Looked _,Done _,Failed _ -> Behaviors.same();
        }, this::signal);
    }

    private Behavior<Command> looking() {
        isNudged.set(false);
        context.pipeToSelf(seat.look(), (facts, failure) -> facts != null
                ? new Looked(facts)
                : new Failed(why(failure)));
        return Behaviors.receive((_, command) -> switch (command) {
            case Looked(var facts) -> {
                var step = plan.look(facts, seat.rules());
                plan = step.next();
                yield next(new ArrayDeque<>(step.effects()));
            }
            case Failed(var why) -> failed(why);
            case TellDue() -> tell();
            case LookDue _,Done _ -> Behaviors.same();
        }, this::signal);
    }

    private Behavior<Command> next(Deque<VoterPlan.Effect> effects) {
        var effect = effects.poll();
        return effect == null ? waiting(LOOK_EVERY) : working(perform(effect), effects);
    }

    private Behavior<Command> working(CompletionStage<Void> task,
            Deque<VoterPlan.Effect> then) {
        context.pipeToSelf(task, (_, failure) -> failure == null
                ? new Done()
                : new Failed(why(failure)));
        return Behaviors.receive((_, command) -> switch (command) {
            case Done() -> {
                fine();
                seat.tell(plan.wanted());
                yield then.isEmpty() ? looking() : next(then);
            }
            case Failed(var why) -> failed(why);
            case TellDue() -> tell();
            case LookDue _,Looked _ -> Behaviors.same();
        }, this::signal);
    }

    private CompletionStage<Void> perform(VoterPlan.Effect effect) {
        return switch (effect) {
            case VoterPlan.Effect.Found(var voters) -> seat.found(voters);
            case VoterPlan.Effect.Learn(var electorate) -> seat.learn(electorate);
            case VoterPlan.Effect.Start(var beginning, var electorate) ->
                seat.start(beginning, electorate);
            case VoterPlan.Effect.Stop() -> seat.stop();
            case VoterPlan.Effect.Renew() -> seat.renew();
            case VoterPlan.Effect.Change(var voters) -> seat.change(voters);
        };
    }

    private Behavior<Command> tell() {
        seat.tell(plan.wanted());
        return Behaviors.same();
    }

    private void fine() {
        problem = "";
        seat.problem(problem);
    }

    private Behavior<Command> failed(String why) {
        if (!why.equals(problem)) {
            problem = why;
            seat.problem(why);
            context.getLog()
                    .atWarn()
                    .addKeyValue("again_in_ms", AGAIN.toMillis())
                    .log("this member cannot vote: " + why);
        }
        return waiting(AGAIN);
    }

    private static String why(@Nullable Throwable failure) {
        var cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        var inner = cause == null || cause.getCause() == null ? cause : cause.getCause();
        return inner == null || inner.getMessage() == null
                ? String.valueOf(inner)
                : inner.getMessage();
    }

    private Behavior<Command> signal(ActorContext<Command> ignored, Signal signal) {
        if (signal instanceof PostStop) {
            var _ = seat.end();
        }
        return Behaviors.same();
    }
}
