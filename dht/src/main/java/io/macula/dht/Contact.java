package io.macula.dht;

/// A node as others know it: who it is and where it is reached.
public record Contact(NodeId id, Endpoint endpoint) {

    @Override
    public String toString() {
        return id.shortHex() + "@" + endpoint;
    }
}
