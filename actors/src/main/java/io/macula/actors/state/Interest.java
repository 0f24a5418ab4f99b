package io.macula.actors.state;

import io.macula.crdt.Bytes;
import io.macula.crdt.Path;

/// What a subscriber wants to hear of, by the names of the outermost map.
public sealed interface Interest {

    record InKey(Bytes key) implements Interest {}

    /// Every key that begins like this; all of them with an empty one.
    record InPrefix(Bytes prefix) implements Interest {}

    default boolean wants(Bytes key) {
        return switch (this) {
            case InKey(var wanted) -> wanted.equals(key);
            case InPrefix(var prefix) -> key.startsWith(prefix);
        };
    }

    default boolean wants(Path path) {
        return wants(path.steps().getFirst().name());
    }
}
