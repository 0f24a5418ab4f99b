package io.macula.dht;

/// A node as others know it: who it is and where it is reached. Copies of what is asked for most
/// stand beside, so that comparing contacts touches no other object.
public final class Contact {

    private final NodeId id;
    private final Endpoint endpoint;
    private final long leadingBits;
    private final int network;

    /// The node `id` reached at `endpoint`.
    public Contact(NodeId id, Endpoint endpoint) {
        this.id = id;
        this.endpoint = endpoint;
        this.leadingBits = id.leadingBits();
        this.network = endpoint.network();
    }

    /// Who it is.
    public NodeId id() {
        return id;
    }

    /// Where it listens.
    public Endpoint endpoint() {
        return endpoint;
    }

    /// The [NodeId#leadingBits()] of the id.
    public long leadingBits() {
        return leadingBits;
    }

    /// The [Endpoint#network()] of the endpoint.
    public int network() {
        return network;
    }

    /// Whether this is the node `other`.
    public boolean isNode(NodeId other) {
        return leadingBits == other.leadingBits() && id.equals(other);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Contact that && isNode(that.id)
                && endpoint.equals(that.endpoint);
    }

    @Override
    public int hashCode() {
        return 31 * id.hashCode() + endpoint.hashCode();
    }

    @Override
    public String toString() {
        return id.shortHex() + "@" + endpoint;
    }
}
