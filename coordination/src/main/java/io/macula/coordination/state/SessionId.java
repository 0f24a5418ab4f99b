package io.macula.coordination.state;

import java.util.UUID;

/// A session, named by whoever opens it, at random.
public record SessionId(UUID value) implements Comparable<SessionId> {

    public static SessionId random() {
        return new SessionId(UUID.randomUUID());
    }

    @Override
    public int compareTo(SessionId other) {
        return value.compareTo(other.value);
    }
}
