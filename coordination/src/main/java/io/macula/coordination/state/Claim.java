package io.macula.coordination.state;

import java.util.Comparator;

/// Something that one session at a time may have.
public record Claim(Kind kind, String name) implements Comparable<Claim> {

    /// Locks and elections do not share names.
    public enum Kind {
        LOCK, ELECTION
    }

    private static final Comparator<Claim> ORDER = Comparator.comparing(Claim::kind)
            .thenComparing(Claim::name);

    public static Claim lock(String name) {
        return new Claim(Kind.LOCK, name);
    }

    public static Claim election(String name) {
        return new Claim(Kind.ELECTION, name);
    }

    @Override
    public int compareTo(Claim other) {
        return ORDER.compare(this, other);
    }
}
