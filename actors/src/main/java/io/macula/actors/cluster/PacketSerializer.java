package io.macula.actors.cluster;

import java.io.NotSerializableException;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/// Carries [PacketBytes] over Artery as they are, and nothing else. Named in `macula-cluster.conf`.
final class PacketSerializer extends SerializerWithStringManifest {

    /// Identifies us among the serializers of a system; Pekko's own are below 40.
    private static final int ID = 9_443;

    private static final String MANIFEST = "p";

    @Override
    public int identifier() {
        return ID;
    }

    @Override
    public String manifest(Object message) {
        return MANIFEST;
    }

    @Override
    public byte[] toBinary(Object message) {
        if (message instanceof PacketBytes(var encoded)) {
            return encoded;
        }
        throw new IllegalArgumentException("only packets are sent, no " + message.getClass());
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        if (!manifest.equals(MANIFEST) || bytes.length > Packet.BYTES_MAX) {
            throw new NotSerializableException("no packet: " + bytes.length + " bytes");
        }
        return new PacketBytes(bytes);
    }
}
