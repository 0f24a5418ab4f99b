package io.macula.supervision;

import java.time.Duration;
import java.util.Objects;
import org.apache.pekko.actor.typed.Behavior;
import org.jspecify.annotations.Nullable;

/// What a supervisor knows about one child. Immutable; the withers copy.
///
/// @param stopMessage told to the child instead of stopping it, so that it can drain its mailbox
/// @param signalsReady its siblings wait for [Starting#ready], not only for its setup
/// @param dispatcher where in the configuration its dispatcher stands; null for the default one
public record Child<T>(Key<T> key, Body<T> body, Restart restart, Shutdown shutdown,
        boolean significant,
        boolean signalsReady, @Nullable T stopMessage, @Nullable String dispatcher) {

    private static final Shutdown WORKER_SHUTDOWN = Shutdown.timeout(Duration.ofSeconds(5));

    /// What runs: an actor of the user, or another supervisor.
    public sealed interface Body<T> {

        record Worker<T>(Start<T> start) implements Body<T> {
            public Worker {
                Objects.requireNonNull(start, "start");
            }
        }

        record Nested(Spec spec) implements Body<Supervisor.Command> {
            public Nested {
                Objects.requireNonNull(spec, "spec");
            }
        }
    }

    /// A permanent worker that gets five seconds to stop. `behavior` is started again as it is: wrap
    /// state in `Behaviors.setup`.
    public static <T> Child<T> of(Key<T> key, Behavior<T> behavior) {
        return of(key, _ -> behavior);
    }

    /// A permanent worker that gets five seconds to stop.
    public static <T> Child<T> of(Key<T> key, Start<T> start) {
        return new Child<>(key, new Body.Worker<>(start), Restart.PERMANENT, WORKER_SHUTDOWN, false,
                false, null, null);
    }

    /// A permanent supervisor that gets all the time it needs to stop.
    public static Child<Supervisor.Command> supervisor(String id, Spec spec) {
        return new Child<>(Key.of(id), new Body.Nested(spec), Restart.PERMANENT,
                Shutdown.infinity(), false, false,
                null, null);
    }

    public Child<T> restart(Restart type) {
        return new Child<>(key, body, type, shutdown, significant, signalsReady, stopMessage,
                dispatcher);
    }

    public Child<T> permanent() {
        return restart(Restart.PERMANENT);
    }

    public Child<T> transientChild() {
        return restart(Restart.TRANSIENT);
    }

    public Child<T> temporary() {
        return restart(Restart.TEMPORARY);
    }

    public Child<T> shutdown(Shutdown rule) {
        return new Child<>(key, body, restart, rule, significant, signalsReady, stopMessage,
                dispatcher);
    }

    public Child<T> significant(boolean yes) {
        return new Child<>(key, body, restart, shutdown, yes, signalsReady, stopMessage,
                dispatcher);
    }

    public Child<T> withSignalsReady() {
        return new Child<>(key, body, restart, shutdown, significant, true, stopMessage,
                dispatcher);
    }

    public Child<T> withStopMessage(T message) {
        return new Child<>(key, body, restart, shutdown, significant, signalsReady, message,
                dispatcher);
    }

    /// Runs on threads of its own, so that its work does not hold up other processes.
    ///
    /// @param path where in the configuration of the actor system the dispatcher stands
    public Child<T> onDispatcher(String path) {
        return new Child<>(key, body, restart, shutdown, significant, signalsReady, stopMessage,
                path);
    }

    public String id() {
        return key.id();
    }

    public boolean isSupervisor() {
        return body instanceof Body.Nested;
    }
}
