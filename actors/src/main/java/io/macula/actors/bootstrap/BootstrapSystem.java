package io.macula.actors.bootstrap;

import io.macula.actors.gateway.GatewayRpc;
import io.macula.dht.NodeId;
import io.macula.supervision.Key;
import io.macula.supervision.Refs;
import io.macula.supervision.Spec;
import io.macula.supervision.Supervisor;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;

/// The tree `bootstrap_system`: server, registry, health.
public final class BootstrapSystem {

    public static final String ID = "bootstrap_system";
    public static final Key<BootstrapServer.Command> SERVER = Key.of("bootstrap_server");
    public static final Key<BootstrapRegistry.Command> REGISTRY = Key.of("bootstrap_registry");
    public static final Key<BootstrapHealth.Command> HEALTH = Key.of("bootstrap_health");

    /// What the tree is made of.
    ///
    /// @param endpoint where this gateway listens
    /// @param nodesMax nodes listed at once
    /// @param ttl how long a node is listed after it was last seen
    /// @param checkEvery how often the two others are asked whether they answer
    /// @param report told whether they do
    public record Parts(NodeId self, Supplier<String> endpoint, String realm, Clock clock,
            int nodesMax,
            Duration ttl, Duration sweep, Duration checkEvery, Consumer<Boolean> report,
            Function<Refs, ActorRef<GatewayRpc.Command>> directory) {}

    private BootstrapSystem() {}

    public static Spec spec(Parts parts) {
        return Supervisor.oneForOne()
                .intensity(10, Duration.ofSeconds(60))
                .child(SERVER, refs -> BootstrapServer.create(parts.self(), parts.endpoint(),
                        parts.realm(), refs.get(REGISTRY), parts.directory().apply(refs)))
                .child(REGISTRY, _ -> BootstrapRegistry.create(parts.clock(), parts.nodesMax(),
                        parts.ttl(), parts.sweep()))
                .child(HEALTH, refs -> BootstrapHealth.create(refs.get(SERVER),
                        refs.get(REGISTRY), parts.checkEvery(), parts.report()));
    }
}
