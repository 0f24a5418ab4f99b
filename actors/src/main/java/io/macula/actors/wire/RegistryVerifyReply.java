package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// Whether it is, and why not.
public record RegistryVerifyReply(boolean valid, @Nullable String reason) implements Message {

    /// With the required fields only.
    public static RegistryVerifyReply of(boolean valid) {
        return new RegistryVerifyReply(valid, null);
    }

    @Override
    public MessageType type() {
        return MessageType.REGISTRY_VERIFY_REPLY;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.flag(Field.VALID, valid);
        out.text(Field.REASON, reason);
        out.endMap(outer);
    }

    static RegistryVerifyReply decode(FieldReader in) {
        @Nullable Boolean valid = null;
        @Nullable String reason = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case VALID -> valid = in.flag();
                case REASON -> reason = in.text();
                default -> in.skip();
            }
        }
        in.endMap();
        return new RegistryVerifyReply(in.required(valid, Field.VALID), reason);
    }
}
