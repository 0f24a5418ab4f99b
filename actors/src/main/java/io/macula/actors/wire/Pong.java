package io.macula.actors.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers a ping, and a connect.
///
/// @param timestampMillis milliseconds since 1970 at the sender
/// @param serverTimeMillis milliseconds since 1970 at the answering node
/// @param nodeId 20 bytes of ours, 32 or 64 (hexadecimal) of Macula 0.14
/// @param endpoint where the sender listens, such as `https://host:9443`
/// @param accepted extra: true in the answer that ends a handshake well
/// @param capabilities extra: what the sender speaks, as in [Connect]
/// @param identity our extra keys: the proof of who the sender is
public record Pong(
        long timestampMillis, long serverTimeMillis, @Nullable Bytes nodeId,
        @Nullable String endpoint, @Nullable Boolean accepted,
        @Nullable List<String> capabilities, @Nullable Identity identity) implements Message {

    public Pong {
        capabilities = capabilities == null ? null : List.copyOf(capabilities);
    }

    /// With the required fields only.
    public static Pong of(long timestampMillis, long serverTimeMillis) {
        return new Pong(timestampMillis, serverTimeMillis, null, null, null, null,
                null);
    }

    public Pong withNodeId(Bytes nodeId) {
        return new Pong(timestampMillis, serverTimeMillis, nodeId, endpoint, accepted,
                capabilities, identity);
    }

    public Pong withEndpoint(String endpoint) {
        return new Pong(timestampMillis, serverTimeMillis, nodeId, endpoint, accepted,
                capabilities, identity);
    }

    public Pong withAccepted(boolean accepted) {
        return new Pong(timestampMillis, serverTimeMillis, nodeId, endpoint, accepted,
                capabilities, identity);
    }

    public Pong withCapabilities(List<String> capabilities) {
        return new Pong(timestampMillis, serverTimeMillis, nodeId, endpoint, accepted,
                capabilities, identity);
    }

    public Pong withIdentity(Identity identity) {
        return new Pong(timestampMillis, serverTimeMillis, nodeId, endpoint, accepted,
                capabilities, identity);
    }

    @Override
    public MessageType type() {
        return MessageType.PONG;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.number(Field.TIMESTAMP, timestampMillis);
        out.number(Field.SERVER_TIME, serverTimeMillis);
        out.bytes(Field.NODE_ID, nodeId);
        out.text(Field.ENDPOINT, endpoint);
        out.flag(Field.ACCEPTED, accepted);
        out.texts(Field.CAPABILITIES, capabilities);
        if (identity != null) {
            identity.encode(out);
        }
        out.endMap(outer);
    }

    static Pong decode(FieldReader in) {
        @Nullable Long timestampMillis = null;
        @Nullable Long serverTimeMillis = null;
        @Nullable Bytes nodeId = null;
        @Nullable String endpoint = null;
        @Nullable Boolean accepted = null;
        @Nullable List<String> capabilities = null;
        var identity = new Identity.Builder();
        for (var left = in.beginMap(); left > 0; left--) {
            var field = in.key();
            switch (field) {
                case TIMESTAMP -> timestampMillis = in.number();
                case SERVER_TIME -> serverTimeMillis = in.number();
                case NODE_ID -> nodeId = in.id();
                case ENDPOINT -> endpoint = in.text();
                case ACCEPTED -> accepted = in.flag();
                case CAPABILITIES -> capabilities = in.texts();
                default -> identity.read(field, in);
            }
        }
        in.endMap();
        return new Pong(in.required(timestampMillis, Field.TIMESTAMP),
                in.required(serverTimeMillis, Field.SERVER_TIME), nodeId, endpoint, accepted,
                capabilities, identity.build());
    }
}
