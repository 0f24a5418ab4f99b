package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// The package was taken.
public record RegistryPublishAck(
        String packageName, String version, Bytes checksum,
        long publishedAtMillis) implements Message {

    @Override
    public MessageType type() {
        return MessageType.REGISTRY_PUBLISH_ACK;
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
        out.number(Field.PUBLISHED_AT, publishedAtMillis);
        out.endMap(outer);
    }

    static RegistryPublishAck decode(FieldReader in) {
        @Nullable String packageName = null;
        @Nullable String version = null;
        @Nullable Bytes checksum = null;
        @Nullable Long publishedAtMillis = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case PACKAGE_NAME -> packageName = in.text();
                case VERSION -> version = in.text();
                case CHECKSUM -> checksum = in.bytes();
                case PUBLISHED_AT -> publishedAtMillis = in.number();
                default -> in.skip();
            }
        }
        in.endMap();
        return new RegistryPublishAck(in.required(packageName, Field.PACKAGE_NAME),
                in.required(version, Field.VERSION), in.required(checksum, Field.CHECKSUM),
                in.required(publishedAtMillis, Field.PUBLISHED_AT));
    }
}
