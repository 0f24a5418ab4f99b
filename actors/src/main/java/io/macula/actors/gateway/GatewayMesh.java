package io.macula.actors.gateway;

import io.macula.actors.bootstrap.BootstrapRegistry;
import io.macula.actors.flow.OpenLinks;
import io.macula.actors.link.Disconnected;
import io.macula.actors.link.Link;
import io.macula.actors.link.LinkListener;
import io.macula.actors.link.Links;
import io.macula.actors.link.PeerAddress;
import io.macula.actors.link.StreamClass;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.PubsubRoute;
import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Carries messages to nodes that have no link to this gateway: dials the endpoint the bootstrap
/// registry knows of them and keeps the link for the next time. [MeshPool] bounds how many.
public final class GatewayMesh {

    public sealed interface Command {}

    /// Carries a message to a node. Lost, and counted, when there is no way.
    public record Forward(NodeId destination, Message message) implements Command {}

    private record Located(NodeId destination, Optional<PeerAddress> address)
            implements
                Command {}

    private record Dialled(NodeId destination, Links.Dialled result) implements Command {}

    private record Closed(NodeId destination, Link link) implements Command {}

    /// What the process is made of.
    ///
    /// @param open the links of all incarnations
    /// @param here where messages for this node end
    record Parts(NodeId self, Links links, OpenLinks open, GatewayCounters counters,
            int linksMax, ActorRef<BootstrapRegistry.Command> registry, LocalDelivery here) {}

    private static final Disconnected RESTARTED = new Disconnected("restarted",
            "the process that kept the link restarts");

    /// How long the registry may take to answer.
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ActorContext<Command> context;
    private final Parts parts;
    private final long incarnation;
    private final MeshPool<Link> pool;

    private GatewayMesh(ActorContext<Command> context, Parts parts, long incarnation) {
        this.context = context;
        this.incarnation = incarnation;
        this.parts = parts;
        this.pool = new MeshPool<>(parts.linksMax());
    }

    static Behavior<Command> create(Parts parts) {
        return Behaviors.setup(context -> {
            context.setLoggerName(GatewayMesh.class);
            var incarnation = parts.open().begin(RESTARTED);
            return new GatewayMesh(context, parts, incarnation).carrying();
        });
    }

    private Behavior<Command> carrying() {
        return Behaviors.receive(Command.class)
                .onMessage(Command.class, this::on)
                .onSignal(PostStop.class, _ -> {
                    parts.open().begin(Disconnected.NORMAL);
                    return Behaviors.same();
                })
                .build();
    }

    private Behavior<Command> on(Command command) {
        switch (command) {
            case Forward(var destination, var message) ->
                perform(pool.forward(destination, message));
            case Located(var destination, var address) -> located(destination, address);
            case Dialled(var destination, Links.Dialled.Up(var link)) ->
                perform(pool.linked(destination, link));
            case Dialled(var destination, _) -> perform(pool.unreachable(destination));
            case Closed(var destination, var link) -> pool.closed(destination, link);
        }
        return Behaviors.same();
    }

    private void perform(List<MeshPool.Effect<Link>> effects) {
        for (var effect : effects) {
            switch (effect) {
                case MeshPool.Effect.Locate<Link>(var destination) -> locate(destination);
                case MeshPool.Effect.Send<Link>(var destination, var link, var message) ->
                    send(destination, link, message);
                case MeshPool.Effect.Evict<Link>(var link) -> link.close(
                        new Disconnected("evicted", "the pool of mesh links is full"));
                case MeshPool.Effect.Lost<Link>(var messages) ->
                    parts.counters().unroutable.add(messages);
            }
        }
    }

    /// A registry that does not answer, because it restarts just now, knows nobody.
    private void locate(NodeId destination) {
        context.ask(BootstrapRegistry.Endpoint.class, parts.registry(), PATIENCE,
                (ActorRef<BootstrapRegistry.Endpoint> replyTo) -> new BootstrapRegistry.WhereIs(
                        destination, replyTo),
                (found, _) -> new Located(destination,
                        found == null ? Optional.empty() : found.address()));
    }

    private void located(NodeId destination, Optional<PeerAddress> address) {
        if (address.isEmpty()) {
            perform(pool.unreachable(destination));
            return;
        }
        var dialled = parts.links()
                .dial(address.get(), new Inbound(destination, parts, context.getSelf()))
                .thenApply(this::noted);
        context.pipeToSelf(dialled, (result, failure) -> new Dialled(destination, result != null
                ? result
                : new Links.Dialled.Unreachable("dial failed: " + failure)));
    }

    /// Runs on a transport thread, so that no link is lost with a process that was killed.
    private Links.Dialled noted(Links.Dialled result) {
        return result instanceof Links.Dialled.Up(var link)
                && !parts.open().opened(incarnation, link)
                        ? new Links.Dialled.Unreachable("the process that dialled is gone")
                        : result;
    }

    private void send(NodeId destination, Link link, Message message) {
        switch (Passed.on(link, message)) {
            case QUEUED -> parts.counters().routed.increment();
            case FULL -> parts.counters().dropped.increment();
            case CLOSED -> {
                parts.counters().dropped.increment();
                pool.closed(destination, link);
            }
            case TOO_LONG -> parts.counters().invalid.increment();
        }
    }

    /// The far side may route back to us over the same link. Runs on transport threads.
    private static final class Inbound implements LinkListener {

        private final NodeId destination;
        private final Parts parts;
        private final ActorRef<Command> owner;

        Inbound(NodeId destination, Parts parts, ActorRef<Command> owner) {
            this.destination = destination;
            this.parts = parts;
            this.owner = owner;
        }

        @Override
        public void received(Link link, Message message) {
            if (message instanceof PubsubRoute route
                    && route.destinationNodeId().equals(Bytes.of(parts.self().toBytes()))) {
                parts.here().deliver(route.payload());
            }
        }

        @Override
        public void writable(Link link, StreamClass stream) {}

        @Override
        public void closed(Link link, Disconnected reason) {
            parts.open().closed(link);
            owner.tell(new Closed(destination, link));
        }
    }
}
