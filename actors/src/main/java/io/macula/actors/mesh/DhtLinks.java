package io.macula.actors.mesh;

import io.macula.actors.dht.DhtTransport;
import io.macula.actors.dht.Discovery;
import io.macula.actors.dht.RoutingServer;
import io.macula.actors.link.Link;
import io.macula.actors.link.PeerAddress;
import io.macula.actors.wire.Message;
import io.macula.dht.Contact;
import io.macula.dht.Endpoint;
import java.util.List;
import java.util.Optional;

/// Between the links of a node and its part of the DHT. Only nodes that say where they listen take
/// part: what a peer behind a gateway asks is answered by the gateway's own directory.
public final class DhtLinks implements MeshLayer.Door, DhtTransport {

    private final Mesh mesh;
    private final Discovery discovery;

    public DhtLinks(Mesh mesh, Discovery discovery) {
        this.mesh = mesh;
        this.discovery = discovery;
    }

    @Override
    public boolean received(Link from, Message frame) {
        var contact = contact(from);
        if (contact.isEmpty() || !RoutingServer.takes(frame)) {
            return false;
        }
        discovery.received(contact.get(), true, frame);
        return true;
    }

    @Override
    public void linked(Link link) {
        contact(link).ifPresent(discovery::linked);
    }

    /// The nodes there is a link to now.
    public List<Contact> linked() {
        return mesh.neighbours().all().stream().flatMap(link -> contact(link).stream()).toList();
    }

    @Override
    public void send(Contact to, Message frame, Runnable undeliverable) {
        var endpoint = to.endpoint();
        mesh.addresses().hint(to.id(), endpoint.host(), endpoint.port());
        mesh.straight(to.id(), frame, fate -> {
            if (fate != Parcel.Fate.SENT) {
                undeliverable.run();
            }
        });
    }

    private static Optional<Contact> contact(Link link) {
        return link.peerEndpoint().isEmpty()
                ? Optional.empty()
                : PeerAddress.parse(link.peerEndpoint())
                        .map(address -> new Contact(link.peer(),
                                Endpoint.of(address.host(), address.port())));
    }
}
