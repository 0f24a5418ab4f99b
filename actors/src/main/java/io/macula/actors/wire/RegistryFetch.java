package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// Asks for a package, the latest version if none is named.
public record RegistryFetch(
        String packageName, @Nullable String version,
        @Nullable Boolean includeDeps) implements Message {

    /// With the required fields only.
    public static RegistryFetch of(String packageName) {
        return new RegistryFetch(packageName, null, null);
    }

    @Override
    public MessageType type() {
        return MessageType.REGISTRY_FETCH;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.text(Field.PACKAGE_NAME, packageName);
        out.text(Field.VERSION, version);
        out.flag(Field.INCLUDE_DEPS, includeDeps);
        out.endMap(outer);
    }

    static RegistryFetch decode(FieldReader in) {
        @Nullable String packageName = null;
        @Nullable String version = null;
        @Nullable Boolean includeDeps = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case PACKAGE_NAME -> packageName = in.text();
                case VERSION -> version = in.text();
                case INCLUDE_DEPS -> includeDeps = in.flag();
                default -> in.skip();
            }
        }
        in.endMap();
        return new RegistryFetch(in.required(packageName, Field.PACKAGE_NAME), version,
                includeDeps);
    }
}
