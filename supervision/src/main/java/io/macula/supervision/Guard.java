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

    /// Makes the child fail as if it had thrown `cause`, whatever its message type is.
    record Inject(Throwable cause) {}

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
        var behavior = run(() -> target.start(context));
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
        if (message instanceof Inject(var cause)) {
            return failed(cause);
        }
        return ended(run(() -> target.apply(context, message)));
    }

    @Override
    public Behavior<Object> aroundSignal(TypedActorContext<Object> context, Signal signal,
            SignalTarget<Object> target) {
        if (incarnation.isKilled() && signal instanceof PostStop) {
            return Behaviors.same();
        }
        var next = run(() -> target.apply(context, signal));
        return signal instanceof PostStop ? next : ended(next);
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
