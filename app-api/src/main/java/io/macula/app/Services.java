package io.macula.app;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Services by name: a procedure that several nodes offer as long as they are fit, and a caller who
/// wants an answer from any of them. Safe to use from any thread; nothing blocks.
///
/// **Delivery:** as with [Rpc]: at most once, or more than once for a call marked idempotent.
/// **In a partition** each side finds what is on its side. **On heal** nodes that share state know
/// each other's services again within moments, others by the DHT.
public interface Services {

    /// Offers `name` on this node while its health check passes, from the first time on that it
    /// does, until the registration is closed. The offer outlives crashes and lost links.
    Registered register(String name, Rpc.Handler handler, HealthCheck health);

    /// Where the service is offered now, this node included: known at once where state is shared,
    /// otherwise after a lookup. A node that died may be named for up to five minutes. Never fails:
    /// an empty list. A node that does not listen for others knows only of itself.
    CompletionStage<List<Instance>> discover(String name);

    /// Calls the service: on this node when it is offered here, else on the instance that
    /// [Rpc.CallOptions#choice] prefers; on the next one when the request has certainly not run, or may run
    /// twice. An instance that could not be reached, did not answer in time or was too busy five
    /// times running is left alone for a second; then one call tries it, and when that fails too, the pause
    /// doubles, up to 30 s. When all instances are left alone the call ends at once with
    /// [Rpc.Outcome.Refused].
    CompletionStage<Rpc.Outcome> call(String name, Payload argument, Rpc.CallOptions options);

    /// Whether a service is fit to be offered.
    ///
    /// @param check asked again and again
    /// @param every the time between two checks, 10 ms or more
    /// @param patience a check that takes longer has failed
    /// @param failuresMax failures running after which the service is offered no more; a check that
    ///     passes brings it back
    record HealthCheck(Check check, Duration every, Duration patience, int failuresMax) {

        /// Always fit.
        public static final HealthCheck NONE = new HealthCheck(() -> true, Duration.ofMinutes(1),
                Duration.ofSeconds(10), 1);

        public HealthCheck {
            if (every.toMillis() < 10 || !patience.isPositive() || failuresMax < 1) {
                throw new IllegalArgumentException(
                        "a check runs every 10 ms or less often, has some"
                                + " patience, and may fail once or more");
            }
        }

        /// Every ten seconds; two failures running end the offer.
        public static HealthCheck of(Check check) {
            return new HealthCheck(check, Duration.ofSeconds(10), Duration.ofSeconds(5), 2);
        }
    }

    /// May block, and runs off the node's own threads. An exception is a failure.
    @FunctionalInterface
    interface Check {
        boolean isHealthy() throws Exception;
    }

    /// What became of a registration.
    sealed interface Registered {
        record Active(Registration registration) implements Registered {}

        /// The name is not one, or is registered here already.
        record Invalid(String message) implements Registered {}
    }

    /// A running registration.
    interface Registration extends AutoCloseable {

        String name();

        /// Whether the service is offered now.
        boolean isOffered();

        /// Ends the offer; requests that run are finished.
        @Override
        void close();
    }

    /// One node that offers a service.
    ///
    /// @param node its id, 40 hexadecimal digits
    /// @param addresses where it listens, as host and port; empty when others cannot dial it
    record Instance(String node, List<String> addresses) {
        public Instance {
            addresses = List.copyOf(addresses);
        }
    }
}
