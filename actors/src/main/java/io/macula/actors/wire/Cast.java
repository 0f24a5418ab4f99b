package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// Asks a procedure and wants no answer.
public record Cast(String procedure, @Nullable Value args) implements Message {

    /// With the required fields only.
    public static Cast of(String procedure) {
        return new Cast(procedure, null);
    }

    @Override
    public MessageType type() {
        return MessageType.CAST;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.text(Field.PROCEDURE, procedure);
        out.value(Field.ARGS, args);
        out.endMap(outer);
    }

    static Cast decode(FieldReader in) {
        @Nullable String procedure = null;
        @Nullable Value args = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case PROCEDURE -> procedure = in.text();
                case ARGS -> args = in.value();
                default -> in.skip();
            }
        }
        in.endMap();
        return new Cast(in.required(procedure, Field.PROCEDURE), args);
    }
}
