package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// The address from which the probe came.
///
/// @param nodeId 20 bytes of ours, 32 or 64 (hexadecimal) of Macula 0.14
/// @param serverTimeMillis milliseconds since 1970 at the answering node
public record NatProbeReply(
        Bytes nodeId, String reflexiveIp, int reflexivePort, long serverTimeMillis,
        @Nullable Bytes requestId) implements Message {

    /// With the required fields only.
    public static NatProbeReply of(Bytes nodeId, String reflexiveIp, int reflexivePort,
            long serverTimeMillis) {
        return new NatProbeReply(nodeId, reflexiveIp, reflexivePort, serverTimeMillis, null);
    }

    public NatProbeReply withRequestId(Bytes requestId) {
        return new NatProbeReply(nodeId, reflexiveIp, reflexivePort, serverTimeMillis, requestId);
    }

    @Override
    public MessageType type() {
        return MessageType.NAT_PROBE_REPLY;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.bytes(Field.NODE_ID, nodeId);
        out.text(Field.REFLEXIVE_IP, reflexiveIp);
        out.number(Field.REFLEXIVE_PORT, reflexivePort);
        out.number(Field.SERVER_TIME, serverTimeMillis);
        out.bytes(Field.REQUEST_ID, requestId);
        out.endMap(outer);
    }

    static NatProbeReply decode(FieldReader in) {
        @Nullable Bytes nodeId = null;
        @Nullable String reflexiveIp = null;
        @Nullable Integer reflexivePort = null;
        @Nullable Long serverTimeMillis = null;
        @Nullable Bytes requestId = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case NODE_ID -> nodeId = in.id();
                case REFLEXIVE_IP -> reflexiveIp = in.text();
                case REFLEXIVE_PORT -> reflexivePort = in.port();
                case SERVER_TIME -> serverTimeMillis = in.number();
                case REQUEST_ID -> requestId = in.id();
                default -> in.skip();
            }
        }
        in.endMap();
        return new NatProbeReply(in.required(nodeId, Field.NODE_ID),
                in.required(reflexiveIp, Field.REFLEXIVE_IP),
                in.required(reflexivePort, Field.REFLEXIVE_PORT),
                in.required(serverTimeMillis, Field.SERVER_TIME), requestId);
    }
}
