package io.macula.actors.health;

import io.macula.actors.http.HttpLimits;
import io.macula.actors.http.OwnNames;
import io.macula.actors.http.RequestGate;
import io.macula.actors.http.Routes;
import io.macula.actors.http.netty.NettyHttpServer;
import io.macula.actors.http.netty.NettyHttpServer.Started;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/// Serves the node's HTTP port while it runs: `/health`, `/ready` and `/live`, and what else is mounted there.
/// In a gateway this is `gateway_health`, in other roles `health_server`.
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

    /// The open port between incarnations: one that was killed could not close it. What is served there
    /// beside health outlives them too.
    public static final class Port {

        private final HttpLimits limits;
        private final List<String> names;
        private final Routes routes = new Routes(HealthPages.PATHS);
        private final AtomicReference<@Nullable NettyHttpServer> server = new AtomicReference<>();
        private final AtomicReference<@Nullable InetSocketAddress> bound = new AtomicReference<>();

        /// A port with the usual limits.
        public Port() {
            this(HttpLimits.DEFAULT, List.of());
        }

        /// @param names by which browsers may mean this node, beside its address
        public Port(HttpLimits limits, List<String> names) {
            this.limits = limits;
            this.names = List.copyOf(names);
        }

        /// The bound address, once there is one.
        public @Nullable InetSocketAddress address() {
            return bound.get();
        }

        /// What else is served here.
        public Routes routes() {
            return routes;
        }

        /// @param address where to serve for the first time
        private Started open(InetSocketAddress address, Supplier<HealthReport> report) {
            close();
            var before = bound.get();
            var gate = new RequestGate(new HealthPages(report, routes),
                    new OwnNames(address, names));
            var started = NettyHttpServer.start(before == null ? address : before, gate, limits);
            if (started instanceof Started.Serving(var serving)) {
                server.set(serving);
                bound.set(serving.address());
            }
            return started;
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
            switch (port.open(address, report)) {
                case Started.Failed(var message) -> throw new CannotServeException(message);
                case Started.Serving(var server) -> context.getLog()
                        .atInfo()
                        .addKeyValue("address", server.address())
                        .log("health served");
            }
            return Behaviors.receive(Command.class).onSignal(PostStop.class, _ -> {
                port.close();
                return Behaviors.same();
            }).build();
        });
    }
}
