package io.macula.crdt;

import java.util.Optional;

/// The kinds of value. Part of a value's address, so two replicas that create the same name with
/// different types get two values and never a conflict.
public enum Type {

    G_COUNTER(1), PN_COUNTER(2), LWW_REGISTER(3), OR_SET(4), LWW_MAP(5), OR_MAP(6), BOUNDED_COUNTER(
            7);

    private final int code;

    Type(int code) {
        this.code = code;
    }

    /// The number that stands for the type on the wire; never reused.
    public int code() {
        return code;
    }

    public static Optional<Type> ofCode(int code) {
        for (var type : values()) {
            if (type.code == code) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
