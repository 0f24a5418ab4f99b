package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// Asks which address the other end sees.
///
/// @param nodeId 20 bytes of ours, 32 or 64 (hexadecimal) of Macula 0.14
public record NatProbe(Bytes nodeId, int localPort, @Nullable Bytes requestId) implements Message {

    /// With the required fields only.
    public static NatProbe of(Bytes nodeId, int localPort) {
        return new NatProbe(nodeId, localPort, null);
    }

    public NatProbe withRequestId(Bytes requestId) {
        return new NatProbe(nodeId, localPort, requestId);
    }

    @Override
    public MessageType type() {
        return MessageType.NAT_PROBE;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.bytes(Field.NODE_ID, nodeId);
        out.number(Field.LOCAL_PORT, localPort);
        out.bytes(Field.REQUEST_ID, requestId);
        out.endMap(outer);
    }

    static NatProbe decode(FieldReader in) {
        @Nullable Bytes nodeId = null;
        @Nullable Integer localPort = null;
        @Nullable Bytes requestId = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case NODE_ID -> nodeId = in.id();
                case LOCAL_PORT -> localPort = in.port();
                case REQUEST_ID -> requestId = in.id();
                default -> in.skip();
            }
        }
        in.endMap();
        return new NatProbe(in.required(nodeId, Field.NODE_ID),
                in.required(localPort, Field.LOCAL_PORT), requestId);
    }
}
