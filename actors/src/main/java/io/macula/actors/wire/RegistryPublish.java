package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// A signed package for the registry.
public record RegistryPublish(
        String packageName, String version, Value.Map manifest, Bytes beamArchive, Bytes signature,
        Bytes publicKey) implements Message {

    @Override
    public MessageType type() {
        return MessageType.REGISTRY_PUBLISH;
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
        out.endMap(outer);
    }

    static RegistryPublish decode(FieldReader in) {
        @Nullable String packageName = null;
        @Nullable String version = null;
        Value.@Nullable Map manifest = null;
        @Nullable Bytes beamArchive = null;
        @Nullable Bytes signature = null;
        @Nullable Bytes publicKey = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case PACKAGE_NAME -> packageName = in.text();
                case VERSION -> version = in.text();
                case MANIFEST -> manifest = in.map();
                case BEAM_ARCHIVE -> beamArchive = in.bytes();
                case SIGNATURE -> signature = in.bytes();
                case PUBLIC_KEY -> publicKey = in.bytes();
                default -> in.skip();
            }
        }
        in.endMap();
        return new RegistryPublish(in.required(packageName, Field.PACKAGE_NAME),
                in.required(version, Field.VERSION), in.required(manifest, Field.MANIFEST),
                in.required(beamArchive, Field.BEAM_ARCHIVE),
                in.required(signature, Field.SIGNATURE),
                in.required(publicKey, Field.PUBLIC_KEY));
    }
}
