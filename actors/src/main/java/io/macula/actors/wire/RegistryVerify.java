package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// Asks whether a checksum is right.
public record RegistryVerify(
        String packageName, String version, Bytes checksum) implements Message {

    @Override
    public MessageType type() {
        return MessageType.REGISTRY_VERIFY;
    }

    @Override
    public int bodyBytes() {
        return Message.sizeBytes(checksum);
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.text(Field.PACKAGE_NAME, packageName);
        out.text(Field.VERSION, version);
        out.bytes(Field.CHECKSUM, checksum);
        out.endMap(outer);
    }

    static RegistryVerify decode(FieldReader in) {
        @Nullable String packageName = null;
        @Nullable String version = null;
        @Nullable Bytes checksum = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case PACKAGE_NAME -> packageName = in.text();
                case VERSION -> version = in.text();
                case CHECKSUM -> checksum = in.bytes();
                default -> in.skip();
            }
        }
        in.endMap();
        return new RegistryVerify(in.required(packageName, Field.PACKAGE_NAME),
                in.required(version, Field.VERSION), in.required(checksum, Field.CHECKSUM));
    }
}
