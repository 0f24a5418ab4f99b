package io.macula.actors.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The packages that match.
public record RegistryQueryReply(List<Value.Map> packages) implements Message {

    public RegistryQueryReply {
        packages = List.copyOf(packages);
    }

    @Override
    public MessageType type() {
        return MessageType.REGISTRY_QUERY_REPLY;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.values(Field.PACKAGES, packages);
        out.endMap(outer);
    }

    static RegistryQueryReply decode(FieldReader in) {
        @Nullable List<Value.Map> packages = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case PACKAGES -> packages = in.maps();
                default -> in.skip();
            }
        }
        in.endMap();
        return new RegistryQueryReply(in.required(packages, Field.PACKAGES));
    }
}
