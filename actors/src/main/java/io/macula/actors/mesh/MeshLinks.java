package io.macula.actors.mesh;

import io.macula.actors.flow.Inbox;
import io.macula.actors.flow.OpenLinks;
import io.macula.actors.link.Disconnected;
import io.macula.actors.link.Link;
import io.macula.actors.link.LinkListener;
import io.macula.actors.link.Links;
import io.macula.actors.link.Links.Dialled;
import io.macula.actors.link.PeerAddress;
import io.macula.actors.link.StreamClass;
import io.macula.actors.wire.Message;
import io.macula.dht.NodeId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/// Dials other nodes when there is something for them, or when a direct link to them would be good
/// to have, and keeps the link for the next time. [MeshPool] decides, and bounds how many.
///
/// When two nodes dial each other at the same time, the one with the higher id gives up its own link
/// if it has let the other one in meanwhile: it sends nothing over it any more, hears what is under way on it, and closes it when
/// it has been quiet for [#QUIET].
public final class MeshLinks {

    public sealed interface Command {}

    /// Carries something to a node.
    ///
    /// @param inbox counts what waits for this process
    public record Forward(Inbox inbox, NodeId destination, Parcel parcel) implements Command {}

    /// A direct link to the node would be good to have.
    ///
    /// @param inbox counts what waits for this process
    public record Wanted(Inbox inbox, NodeId destination) implements Command {}

    private record DialEnded(NodeId destination, Dialled result) implements Command {}

    private record Closed(NodeId destination, Link link) implements Command {}

    /// @param looks how often it was looked at
    private record Leaving(Link link, int looks) implements Command {}

    /// What the process is made of.
    ///
    /// @param open the links of all incarnations
    /// @param upgrading the nodes that are being dialled, for whoever shows paths
    /// @param linksMax links this process keeps
    public record Parts(NodeId self, Links links, Neighbours neighbours, AddressBook addresses,
            OpenLinks open, Set<NodeId> upgrading, int linksMax, Clock clock) {}

    private static final Disconnected RESTARTED = new Disconnected("restarted",
            "the process that kept the link restarts");
    private static final Disconnected SUPERSEDED = new Disconnected("superseded",
            "there is another link between these nodes");

    /// How long nothing may have passed over a link that is given up before it is closed: the far side does not know yet that it
    /// is, and may be sending.
    static final Duration QUIET = Duration.ofMillis(500);

    /// It is closed even so after that many times as long.
    private static final int LOOKS_MAX = 10;

    private final ActorContext<Command> context;
    private final Parts parts;
    private final long incarnation;
    private final MeshPool<Link, Parcel> pool;

    private MeshLinks(ActorContext<Command> context, Parts parts, long incarnation) {
        this.context = context;
        this.incarnation = incarnation;
        this.parts = parts;
        this.pool = new MeshPool<>(parts.linksMax(), Link::lastUsedNanos);
    }

    public static Behavior<Command> create(Parts parts) {
        return Behaviors.setup(context -> {
            context.setLoggerName(MeshLinks.class);
            parts.upgrading().clear();
            var incarnation = parts.open().begin(RESTARTED);
            return new MeshLinks(context, parts, incarnation).carrying();
        });
    }

    private Behavior<Command> carrying() {
        return Behaviors.receive(Command.class)
                .onMessage(Command.class, this::on)
                .onSignal(PostStop.class, _ -> {
                    parts.upgrading().clear();
                    perform(pool.ended());
                    parts.open().begin(Disconnected.NORMAL);
                    return Behaviors.same();
                })
                .build();
    }

    private Behavior<Command> on(Command command) {
        var now = parts.clock().millis();
        switch (command) {
            case Forward(var inbox, var destination, var parcel) -> {
                inbox.leave();
                forward(destination, parcel, now);
            }
            case Wanted(var inbox, var destination) -> {
                inbox.leave();
                // A link in doubt comes back or closes within three heartbeats. One more to a gateway
                // would supersede it there, and what is under way on it would be lost.
                if (parts.neighbours().any(destination).isEmpty()) {
                    perform(pool.wanted(destination, now));
                }
            }
            case DialEnded(var destination, Dialled.Up(var link)) when !link.isClosed() ->
                linked(destination, link);
            case DialEnded(var destination, var result) -> unreachable(destination, result, now);
            case Closed(var destination, var link) -> pool.closed(destination, link);
            case Leaving(var link, var looks) -> leave(link, looks);
        }
        return Behaviors.same();
    }

    private void forward(NodeId destination, Parcel parcel, long now) {
        var link = parts.neighbours().direct(destination);
        if (link.isPresent() && !pool.isDialling(destination)) {
            var _ = parcel.send(link.get());
        } else {
            perform(pool.forward(destination, parcel, now));
        }
    }

    /// Nobody let us in, or the link is gone before it was heard of.
    private void unreachable(NodeId destination, Dialled result, long now) {
        parts.upgrading().remove(destination);
        context.getLog()
                .atDebug()
                .addKeyValue("peer", destination)
                .addKeyValue("result", result)
                .log("no direct link");
        perform(pool.unreachable(destination, now));
    }

    private void linked(NodeId destination, Link link) {
        parts.upgrading().remove(destination);
        var other = destination.compareTo(parts.self()) < 0
                ? parts.neighbours().accepted(destination)
                : Optional.<Link>empty();
        if (other.isPresent()) {
            parts.neighbours().down(link);
            leave(link, 0);
            perform(pool.linkedElsewhere(destination, other.get()));
        } else {
            context.getLog()
                    .atInfo()
                    .addKeyValue("peer", destination)
                    .addKeyValue("address", link.remoteAddress())
                    .log("direct link up");
            perform(pool.linked(destination, link));
        }
    }

    private void leave(Link link, int looks) {
        var quietNanos = System.nanoTime() - link.lastUsedNanos();
        if (link.isClosed()) {
            return;
        }
        if (looks == LOOKS_MAX || (looks > 0 && quietNanos >= QUIET.toNanos())) {
            link.close(SUPERSEDED);
        } else {
            context.scheduleOnce(QUIET, context.getSelf(), new Leaving(link, looks + 1));
        }
    }

    private void perform(List<MeshPool.Effect<Link, Parcel>> effects) {
        for (var effect : effects) {
            switch (effect) {
                case MeshPool.Effect.Dial<Link, Parcel>(var destination) -> dial(destination);
                case MeshPool.Effect.Send<Link, Parcel>(var destination, var link, var parcel) ->
                    send(destination, link, parcel);
                case MeshPool.Effect.Evict<Link, Parcel>(var link) -> link.close(
                        new Disconnected("evicted", "the pool of mesh links is full"));
                case MeshPool.Effect.Lost<Link, Parcel>(var parcels) ->
                    parcels.forEach(Parcel::isLost);
            }
        }
    }

    private void dial(NodeId destination) {
        var addresses = parts.addresses().of(destination);
        var self = context.getSelf();
        if (addresses.isEmpty()) {
            self.tell(new DialEnded(destination, new Dialled.Unreachable(
                    "nobody here knows where the node listens")));
            return;
        }
        parts.upgrading().add(destination);
        context.pipeToSelf(new Attempt(destination, addresses).begin(),
                (result, failure) -> new DialEnded(destination, result != null
                        ? result
                        : new Dialled.Unreachable("dial failed: " + failure)));
    }

    private void send(NodeId destination, Link link, Parcel parcel) {
        if (parcel.send(link) == Passed.CLOSED) {
            pool.closed(destination, link);
        }
    }

    /// All addresses of a node tried at the same time; the one that answers first is let in.
    private final class Attempt {

        private final NodeId destination;
        private final List<PeerAddress> addresses;
        private final AtomicInteger open;
        private final AtomicReference<@Nullable Object> foremost = new AtomicReference<>();
        private final CompletableFuture<Dialled> result = new CompletableFuture<>();

        Attempt(NodeId destination, List<PeerAddress> addresses) {
            this.destination = destination;
            this.addresses = addresses;
            this.open = new AtomicInteger(addresses.size());
        }

        CompletableFuture<Dialled> begin() {
            for (var address : addresses) {
                var hearer = new Hearer(destination, parts, context.getSelf(), foremost);
                parts.links()
                        .dial(address, hearer)
                        .thenApply(MeshLinks.this::noted)
                        .whenComplete((dialled, failure) -> ended(hearer, dialled, failure));
            }
            return result;
        }

        private void ended(Hearer hearer, @Nullable Dialled dialled,
                @Nullable Throwable failure) {
            var left = open.decrementAndGet();
            if (dialled instanceof Dialled.Up(var link)) {
                if (!result.complete(dialled)) {
                    link.close(SUPERSEDED);
                }
                return;
            }
            foremost.compareAndSet(hearer, null);
            if (left == 0) {
                result.complete(dialled != null
                        ? dialled
                        : new Dialled.Unreachable("dial failed: " + failure));
            }
        }
    }

    /// Runs on a transport thread, so that no link is lost with a process that was killed.
    private Dialled noted(Dialled result) {
        return result instanceof Dialled.Up(var link) && !parts.open().opened(incarnation, link)
                ? new Dialled.Unreachable("the process that dialled is gone")
                : result;
    }

    /// What the mesh itself does not take from such a link has no meaning. Runs on transport
    /// threads.
    private record Hearer(NodeId destination, Parts parts, ActorRef<Command> owner,
            AtomicReference<@Nullable Object> foremost) implements LinkListener {

        @Override
        public boolean mayProve() {
            return foremost.compareAndSet(null, this);
        }

        @Override
        public void received(Link link, Message message) {}

        @Override
        public void writable(Link link, StreamClass stream) {}

        @Override
        public void closed(Link link, Disconnected reason) {
            parts.open().closed(link);
            owner.tell(new Closed(destination, link));
        }
    }
}
