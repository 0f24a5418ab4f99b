package io.macula.actors.dht;

import io.macula.actors.link.PeerAddress;
import io.macula.actors.wire.Value;
import io.macula.dht.Contact;
import io.macula.dht.Endpoint;
import java.util.List;
import java.util.Optional;

/// Contacts as they stand in a frame: maps of `node_id` and `address`.
final class WireContacts {

    /// Contacts read from one answer.
    static final int CONTACTS_MAX = 64;

    private static final int HOST_CHARS_MAX = 255;
    private static final String NODE_ID = "node_id";
    private static final String ADDRESS = "address";

    private WireContacts() {}

    static List<Value.Map> toWire(List<Contact> contacts) {
        return contacts.stream()
                .map(contact -> Value.Map.EMPTY.with(NODE_ID, NodeIds.toWire(contact.id()))
                        .with(ADDRESS, contact.endpoint().toString()))
                .toList();
    }

    /// Those that make sense, [#CONTACTS_MAX] at most.
    static List<Contact> ofWire(List<Value.Map> nodes) {
        return nodes.stream()
                .limit(CONTACTS_MAX)
                .flatMap(node -> contact(node).stream())
                .toList();
    }

    private static Optional<Contact> contact(Value.Map node) {
        var id = node.bytes(NODE_ID).flatMap(NodeIds::of);
        var address = node.text(ADDRESS).flatMap(WireContacts::endpoint);
        return id.isPresent() && address.isPresent()
                ? Optional.of(new Contact(id.get(), address.get()))
                : Optional.empty();
    }

    /// Where a node says that it listens; empty when it says nothing of use.
    static Optional<Endpoint> endpoint(String hostPort) {
        return PeerAddress.parse(hostPort)
                .filter(address -> address.host().length() <= HOST_CHARS_MAX
                        && !address.host().isBlank())
                .map(address -> Endpoint.of(address.host(), address.port()));
    }
}
