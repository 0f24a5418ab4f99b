package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// Asks which packages there are.
public record RegistryQuery(
        @Nullable String packageName, @Nullable String pattern) implements Message {

    @Override
    public MessageType type() {
        return MessageType.REGISTRY_QUERY;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.text(Field.PACKAGE_NAME, packageName);
        out.text(Field.PATTERN, pattern);
        out.endMap(outer);
    }

    static RegistryQuery decode(FieldReader in) {
        @Nullable String packageName = null;
        @Nullable String pattern = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case PACKAGE_NAME -> packageName = in.text();
                case PATTERN -> pattern = in.text();
                default -> in.skip();
            }
        }
        in.endMap();
        return new RegistryQuery(packageName, pattern);
    }
}
