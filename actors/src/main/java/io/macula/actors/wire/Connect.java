package io.macula.actors.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// First frame of a dialler: who it is and which realm it means.
///
/// @param nodeId 20 bytes of ours, 32 or 64 (hexadecimal) of Macula 0.14
/// @param realmId name of the realm, as text
/// @param capabilities what the dialler speaks, such as `pubsub` and `rpc`
/// @param endpoint where the sender listens, such as `https://host:9443`
/// @param identity our extra keys: the proof of who the sender is
public record Connect(
        String version, Bytes nodeId, String realmId, List<String> capabilities,
        @Nullable String endpoint, @Nullable Identity identity) implements Message {

    public Connect {
        capabilities = List.copyOf(capabilities);
    }

    /// With the required fields only.
    public static Connect of(String version, Bytes nodeId, String realmId,
            List<String> capabilities) {
        return new Connect(version, nodeId, realmId, capabilities, null, null);
    }

    public Connect withEndpoint(String endpoint) {
        return new Connect(version, nodeId, realmId, capabilities, endpoint, identity);
    }

    public Connect withIdentity(Identity identity) {
        return new Connect(version, nodeId, realmId, capabilities, endpoint, identity);
    }

    @Override
    public MessageType type() {
        return MessageType.CONNECT;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.text(Field.VERSION, version);
        out.bytes(Field.NODE_ID, nodeId);
        out.text(Field.REALM_ID, realmId);
        out.texts(Field.CAPABILITIES, capabilities);
        out.text(Field.ENDPOINT, endpoint);
        if (identity != null) {
            identity.encode(out);
        }
        out.endMap(outer);
    }

    static Connect decode(FieldReader in) {
        @Nullable String version = null;
        @Nullable Bytes nodeId = null;
        @Nullable String realmId = null;
        @Nullable List<String> capabilities = null;
        @Nullable String endpoint = null;
        var identity = new Identity.Builder();
        for (var left = in.beginMap(); left > 0; left--) {
            var field = in.key();
            switch (field) {
                case VERSION -> version = in.text();
                case NODE_ID -> nodeId = in.id();
                case REALM_ID -> realmId = in.text();
                case CAPABILITIES -> capabilities = in.texts();
                case ENDPOINT -> endpoint = in.text();
                default -> identity.read(field, in);
            }
        }
        in.endMap();
        return new Connect(in.required(version, Field.VERSION),
                in.required(nodeId, Field.NODE_ID), in.required(realmId, Field.REALM_ID),
                in.required(capabilities, Field.CAPABILITIES), endpoint, identity.build());
    }
}
