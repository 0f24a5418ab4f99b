package io.macula.supervision;

import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/// Wraps every child: binds its stable ref before its setup runs, reports its start, records why it
/// ended, and knows the running thread so that a kill can interrupt it. Fatal errors of one child,
/// a `StackOverflowError` or `LinkageError`, end that child and not the JVM.
final class Guard extends BehaviorInterceptor<Object, Object> {

    /// What only the guard understands, whatever the child's message type is.
    sealed interface Order {}

    /// Makes the child fail as if it had thrown `cause`.
    record Inject(Throwable cause) implements Order {}

    /// Runs `step` in the child's thread; what it gives, if anything, is a message for the child.
    record Visit(Supplier<@Nullable Object> step) implements Order {}

    private final Incarnation incarnation;
    private final Slot slot;
    private final Runnable started;

    private Guard(Incarnation incarnation, Slot slot, Runnable started) {
        super(Object.class);
        this.incarnation = incarnation;
        this.slot = slot;
        this.started = started;
    }

    /// @param started called in the child's thread once its setup has run and it is alive
    @SuppressWarnings("unchecked")
    static <T> Behavior<T> around(Incarnation incarnation, Slot slot, Runnable started,
            Behavior<T> inner) {
        return (Behavior<T>) (Behavior<?>) Behaviors.intercept(
                () -> new Guard(incarnation, slot, started),
                (Behavior<Object>) (Behavior<?>) inner);
    }

    @Override
    public Behavior<Object> aroundStart(TypedActorContext<Object> context,
            PreStartTarget<Object> target) {
        slot.bind(context.asJava().getSelf(), incarnation.ticket);
        var behavior = run(() -> {
            var interference = slot.interference();
            if (interference != null) {
                interference.starts(slot.path(), context.asJava().getSelf());
            }
            return target.start(context);
        });
        if (Behavior.isAlive(behavior)) {
            started.run();
        } else {
            incarnation.ignore();
        }
        return behavior;
    }

    @Override
    public Behavior<Object> aroundReceive(TypedActorContext<Object> context, Object message,
            ReceiveTarget<Object> target) {
        if (message instanceof Order order) {
            return obey(order, context, target);
        }
        var interference = slot.interference();
        if (interference == null) {
            return ended(run(() -> target.apply(context, message)));
        }
        return ended(run(() -> give(interference.receives(slot.path(), message), context, target)));
    }

    private Behavior<Object> obey(Order order, TypedActorContext<Object> context,
            ReceiveTarget<Object> target) {
        return switch (order) {
            case Inject(var cause) -> failed(cause);
            case Visit(var step) -> ended(run(() -> give(step.get(), context, target)));
        };
    }

    private static Behavior<Object> give(@Nullable Object message,
            TypedActorContext<Object> context, ReceiveTarget<Object> target) {
        return message == null ? Behaviors.same() : target.apply(context, message);
    }

    @Override
    public Behavior<Object> aroundSignal(TypedActorContext<Object> context, Signal signal,
            SignalTarget<Object> target) {
        if (incarnation.isKilled() && signal instanceof PostStop) {
            return Behaviors.same();
        }
        var next = run(() -> {
            if (signal instanceof PostStop && incarnation.exit() == null) {
                askedToStop();
            }
            return target.apply(context, signal);
        });
        return signal instanceof PostStop ? next : ended(next);
    }

    private void askedToStop() {
        var interference = slot.interference();
        if (interference != null) {
            interference.stops(slot.path());
        }
    }

    private Behavior<Object> ended(Behavior<Object> next) {
        if (!Behavior.isAlive(next)) {
            incarnation.exit(new Exit.Normal());
        }
        return next;
    }

    private Behavior<Object> run(Supplier<Behavior<Object>> step) {
        incarnation.enter();
        try {
            return step.get();
        } catch (ExitException chosen) {
            incarnation.exit(chosen.exit());
            return Behaviors.stopped();
        } catch (OutOfMemoryError fatal) {
            throw fatal;
        } catch (Throwable cause) {
            return failed(cause);
        } finally {
            incarnation.leave();
        }
    }

    private Behavior<Object> failed(@Nullable Throwable cause) {
        incarnation
                .exit(new Exit.Failed(cause == null ? new IllegalStateException("failed") : cause));
        return Behaviors.stopped();
    }
}
