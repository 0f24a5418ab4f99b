package io.macula.actors.mesh;

import io.macula.actors.dht.Provider;
import io.macula.actors.flow.Inbox;
import io.macula.actors.link.Link;
import io.macula.actors.link.Link.Sent;
import io.macula.actors.link.OutFrame;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.Publish;
import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// The ways from this node to any other: straight where there is a sound link, by a gateway where
/// there is none yet or the link is in doubt, and a dial where nothing leads there. Each time
/// something goes by a gateway a direct link is asked for in the background.
///
/// Belongs to the node. Sending asks no process: it goes from the caller's thread into the bounded
/// queue of a link and says at once whether it fitted. Safe to use from any thread.
public final class Mesh {

    /// Nodes without a link that are shown.
    private static final int SHOWN_MAX = 1_000;

    /// What may wait for the process that dials.
    static final int ASKED_MAX = 10_000;

    private final NodeId self;
    private final Bytes selfBytes;
    private final Neighbours neighbours;
    private final AddressBook addresses;
    private final Set<NodeId> upgrading;
    /// Something was sent to them by way of a gateway; for whoever shows paths.
    private final Lately relayedLately = new Lately(Duration.ofSeconds(60), SHOWN_MAX);
    /// Their link fell silent, and there has been none since: most likely they are dead or cut off, and a dial, which takes that long
    /// when nobody answers, would find that out once more.
    private final Lately silentLately = new Lately(Duration.ofSeconds(5), SHOWN_MAX);
    private final MeshCounters counters = new MeshCounters();
    private final Inbox asked = new Inbox(ASKED_MAX);
    private volatile @Nullable ActorRef<MeshLinks.Command> links;

    /// @param upgrading written by `mesh_links`: the nodes it dials just now
    public Mesh(NodeId self, Neighbours neighbours, AddressBook addresses,
            Set<NodeId> upgrading) {
        this.self = self;
        this.selfBytes = RouteFrames.bytes(self);
        this.neighbours = neighbours;
        this.addresses = addresses;
        this.upgrading = upgrading;
    }

    /// Where dials are asked for from now on; what waited in an older mailbox is gone.
    public void dialsBy(ActorRef<MeshLinks.Command> dialler) {
        asked.clear();
        links = dialler;
    }

    public NodeId self() {
        return self;
    }

    Bytes selfBytes() {
        return selfBytes;
    }

    public Neighbours neighbours() {
        return neighbours;
    }

    public AddressBook addresses() {
        return addresses;
    }

    public MeshCounters counters() {
        return counters;
    }

    /// The way to a node just now: by preference straight, else by one of the gateways it says it
    /// can be reached by, else by another one.
    public Way to(Provider provider) {
        var node = provider.node();
        var direct = neighbours.direct(node);
        if (direct.isPresent()) {
            return new Way.Direct(direct.get());
        }
        learn(provider);
        wants(node);
        var relay = neighbours.relayTo(node, provider.relays());
        if (relay.isPresent()) {
            relayedLately.note(node, System.nanoTime());
        }
        return relay.<Way>map(Way.Relayed::new)
                .or(() -> neighbours.any(node).map(Way.Direct::new))
                .orElseGet(Way.None::new);
    }

    /// Notes where a node says that it listens.
    public void learn(Provider provider) {
        for (var address : provider.addresses().reversed()) {
            addresses.learn(provider.node(), address.host(), address.port());
        }
    }

    /// A direct link to the node would be good to have.
    public void wants(NodeId node) {
        var dialler = links;
        if (dialler != null && !upgrading.contains(node) && asked.enter()) {
            dialler.tell(new MeshLinks.Wanted(asked, node));
        }
    }

    /// How the node is reached just now, for people; empty when there is no link and none is being
    /// dialled.
    public Optional<Way.Path> path(NodeId node) {
        if (neighbours.direct(node).isPresent()) {
            return Optional.of(Way.Path.DIRECT);
        }
        if (upgrading.contains(node)) {
            return Optional.of(Way.Path.UPGRADING);
        }
        return neighbours.relayTo(node, List.of()).map(_ -> Way.Path.RELAYED);
    }

    /// The other nodes this one talks to just now, those with a link first, each with its path.
    public List<Reached> reached() {
        var all = new LinkedHashMap<NodeId, Reached>();
        for (var link : neighbours.all()) {
            var path = path(link.peer()).orElse(Way.Path.DIRECT);
            all.put(link.peer(), new Reached(link.peer(), path, Optional.of(link)));
        }
        var others = new ArrayList<>(relayedLately.at(System.nanoTime()));
        others.addAll(upgrading);
        for (var node : others) {
            path(node).filter(_ -> !all.containsKey(node))
                    .ifPresent(path -> all.put(node, new Reached(node, path, Optional.empty())));
        }
        return List.copyOf(all.values());
    }

    /// Another node and how it is reached.
    ///
    /// @param link the link to it, whether in doubt or not
    public record Reached(NodeId node, Way.Path path, Optional<Link> link) {}

    /// Sends one frame with a published message to a node.
    ///
    /// @param delivery the message for a node that is reached straight, encoded once for all of them
    public Sent publish(Provider to, Publish publish, OutFrame delivery) {
        return switch (to(to)) {
            case Way.Direct(var link) when link.takesDeliveries() -> direct(
                    Passed.on(link, delivery));
            case Way.Direct(var link) -> direct(Passed.on(link, routed(to, publish)));
            case Way.Relayed(var gateway) -> relayed(Passed.on(gateway, routed(to, publish)));
            case Way.None() -> {
                dial(to.node(), Parcel.of(routed(to, publish), this::count));
                yield Sent.QUEUED;
            }
        };
    }

    private Message routed(Provider to, Publish publish) {
        return RouteFrames.publish(to.node(), selfBytes, publish);
    }

    private void count(Parcel.Fate fate) {
        (fate == Parcel.Fate.SENT ? counters.direct : counters.lost).increment();
    }

    Sent direct(Passed passed) {
        (passed == Passed.QUEUED ? counters.direct : counters.lost).increment();
        return sent(passed);
    }

    Sent relayed(Passed passed) {
        (passed == Passed.QUEUED ? counters.relayed : counters.lost).increment();
        return sent(passed);
    }

    private static Sent sent(Passed passed) {
        return switch (passed) {
            case QUEUED -> Sent.QUEUED;
            case FULL -> Sent.FULL;
            case CLOSED, TOO_LONG -> Sent.CLOSED;
        };
    }

    /// A link to the node came up.
    void cameUp(NodeId node) {
        silentLately.forget(node);
    }

    /// The link to the node was given up because nothing was heard on it.
    void fellSilent(NodeId node) {
        silentLately.note(node, System.nanoTime());
    }

    /// Sends when a link to the node is up.
    public void dial(NodeId to, Parcel parcel) {
        var dialler = links;
        if (dialler == null || !asked.enter()) {
            parcel.isLost();
        } else {
            dialler.tell(new MeshLinks.Forward(asked, to, parcel));
        }
    }

    /// Sends a frame that only makes sense between two nodes that have a link, such as a question
    /// of the DHT. To a node that fell silent a moment ago there is no way until it has been dialled: whoever asks many at
    /// a time, as the DHT does, shall not wait for the dead one among them.
    public void straight(NodeId to, Message frame, Consumer<Parcel.Fate> ended) {
        Optional<Link> link = neighbours.any(to);
        if (link.isPresent()) {
            ended.accept(Parcel.Fate.of(Passed.on(link.get(), frame)));
        } else if (silentLately.has(to, System.nanoTime())) {
            wants(to);
            ended.accept(Parcel.Fate.NO_WAY);
        } else {
            dial(to, Parcel.of(frame, ended));
        }
    }
}
