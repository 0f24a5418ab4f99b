package io.macula.actors.cluster;

/// An encoded [Packet], the only thing of ours that goes over Artery. The array is not written to
/// once it is in here.
record PacketBytes(byte[] encoded) implements Seeker.Command, FrameGate.Command {

    static PacketBytes of(Packet packet) {
        return new PacketBytes(packet.encode());
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "PacketBytes[" + encoded.length + " B]";
    }
}
