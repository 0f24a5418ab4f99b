package io.macula.actors.wire;

/// A message whose id is assigned but whose fields nobody defined: kept as it came.
public record Opaque(MessageType type, Value.Map fields) implements Message {

    @Override
    public void encode(FieldWriter out) {
        out.map(fields);
    }

    static Opaque decode(MessageType type, FieldReader in) {
        return new Opaque(type, in.wholeMap());
    }
}
