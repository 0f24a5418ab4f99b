package io.macula.actors.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The package that was asked for.
public record RegistryFetchReply(
        String packageName, @Nullable String version, Value.Map manifest, Bytes beamArchive,
        Bytes signature, Bytes publicKey, @Nullable List<Value> dependencies) implements Message {

    public RegistryFetchReply {
        dependencies = dependencies == null ? null : List.copyOf(dependencies);
    }

    /// With the required fields only.
    public static RegistryFetchReply of(String packageName, Value.Map manifest, Bytes beamArchive,
            Bytes signature, Bytes publicKey) {
        return new RegistryFetchReply(packageName, null, manifest, beamArchive, signature,
                publicKey, null);
    }

    @Override
    public MessageType type() {
        return MessageType.REGISTRY_FETCH_REPLY;
    }

    @Override
    public int bodyBytes() {
        return Message.sizeBytes(beamArchive) + Message.sizeBytes(signature)
                + Message.sizeBytes(publicKey);
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.text(Field.PACKAGE_NAME, packageName);
        out.text(Field.VERSION, version);
        out.value(Field.MANIFEST, manifest);
        out.bytes(Field.BEAM_ARCHIVE, beamArchive);
        out.bytes(Field.SIGNATURE, signature);
        out.bytes(Field.PUBLIC_KEY, publicKey);
        out.values(Field.DEPENDENCIES, dependencies);
        out.endMap(outer);
    }

    static RegistryFetchReply decode(FieldReader in) {
        @Nullable String packageName = null;
        @Nullable String version = null;
        Value.@Nullable Map manifest = null;
        @Nullable Bytes beamArchive = null;
        @Nullable Bytes signature = null;
        @Nullable Bytes publicKey = null;
        @Nullable List<Value> dependencies = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case PACKAGE_NAME -> packageName = in.text();
                case VERSION -> version = in.text();
                case MANIFEST -> manifest = in.map();
                case BEAM_ARCHIVE -> beamArchive = in.bytes();
                case SIGNATURE -> signature = in.bytes();
                case PUBLIC_KEY -> publicKey = in.bytes();
                case DEPENDENCIES -> dependencies = in.values();
                default -> in.skip();
            }
        }
        in.endMap();
        return new RegistryFetchReply(in.required(packageName, Field.PACKAGE_NAME), version,
                in.required(manifest, Field.MANIFEST),
                in.required(beamArchive, Field.BEAM_ARCHIVE),
                in.required(signature, Field.SIGNATURE), in.required(publicKey, Field.PUBLIC_KEY),
                dependencies);
    }
}
