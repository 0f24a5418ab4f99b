package io.macula.actors.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The packages a node has.
///
/// @param nodeId 20 bytes of ours, 32 or 64 (hexadecimal) of Macula 0.14
public record RegistrySync(Bytes nodeId, List<Value.Map> packageIndex) implements Message {

    public RegistrySync {
        packageIndex = List.copyOf(packageIndex);
    }

    @Override
    public MessageType type() {
        return MessageType.REGISTRY_SYNC;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.bytes(Field.NODE_ID, nodeId);
        out.values(Field.PACKAGE_INDEX, packageIndex);
        out.endMap(outer);
    }

    static RegistrySync decode(FieldReader in) {
        @Nullable Bytes nodeId = null;
        @Nullable List<Value.Map> packageIndex = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case NODE_ID -> nodeId = in.id();
                case PACKAGE_INDEX -> packageIndex = in.maps();
                default -> in.skip();
            }
        }
        in.endMap();
        return new RegistrySync(in.required(nodeId, Field.NODE_ID),
                in.required(packageIndex, Field.PACKAGE_INDEX));
    }
}
