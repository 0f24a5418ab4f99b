package io.macula.actors.health;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/// Serves `/health`, `/ready` and `/live` while it runs. In a gateway this is `gateway_health`, in
/// other roles `health_server`.
public final class NodeHealth {

    /// Nobody tells this process anything: it reads the node's status.
    public sealed interface Command permits Nothing {}

    private record Nothing() implements Command {}

    /// The port could not be bound; the message is the sentence for the user.
    public static final class CannotServeException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        CannotServeException(String message) {
            super(message);
        }
    }

    /// The open port between incarnations: one that was killed could not close it.
    public static final class Port {

        private final AtomicReference<@Nullable HealthServer> server = new AtomicReference<>();
        private final AtomicReference<@Nullable InetSocketAddress> bound = new AtomicReference<>();

        /// The bound address, once there is one.
        public @Nullable InetSocketAddress address() {
            return bound.get();
        }

        private void close() {
            var open = server.getAndSet(null);
            if (open != null) {
                open.close();
            }
        }
    }

    private NodeHealth() {}

    /// @param address where to serve; port 0 takes any, and keeps it over restarts
    public static Behavior<Command> create(InetSocketAddress address, Port port,
            Supplier<HealthReport> report) {
        return Behaviors.setup(context -> {
            context.setLoggerName(NodeHealth.class);
            port.close();
            var wanted = port.address() == null ? address : port.address();
            switch (HealthServer.start(wanted, report)) {
                case HealthServer.Started.Failed(var message) ->
                    throw new CannotServeException(message);
                case HealthServer.Started.Serving(var server) -> {
                    port.server.set(server);
                    port.bound.set(server.address());
                    context.getLog()
                            .atInfo()
                            .addKeyValue("address", server.address())
                            .log("health served");
                }
            }
            return Behaviors.receive(Command.class).onSignal(PostStop.class, _ -> {
                port.close();
                return Behaviors.same();
            }).build();
        });
    }
}
