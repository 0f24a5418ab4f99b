package io.macula.actors.dht;

import io.macula.supervision.Key;
import io.macula.supervision.Refs;
import io.macula.supervision.Spec;
import io.macula.supervision.Supervisor;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;

/// The tree `routing_system`: the process that runs this node's part of the DHT.
public final class RoutingSystem {

    public static final String ID = "routing_system";
    public static final Key<RoutingServer.Command> SERVER = Key.of("routing_server");

    private RoutingSystem() {}

    /// @param parts asked each time the process starts
    public static Spec spec(Supplier<RoutingServer.Parts> parts) {
        return Supervisor.oneForOne()
                .intensity(10, Duration.ofSeconds(60))
                .child(SERVER, _ -> RoutingServer.create(parts.get()));
    }

    /// The process, seen from anywhere in the tree.
    public static ActorRef<RoutingServer.Command> server(Refs refs) {
        return refs.root().at(ID).get(SERVER);
    }
}
