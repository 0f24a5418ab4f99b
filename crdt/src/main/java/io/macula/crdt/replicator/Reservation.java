package io.macula.crdt.replicator;

/// Which of our dots may be used. A dot is used only after a mark at or beyond it is durable, and
/// after a restart numbering goes on past the mark: so no dot is used twice, wherever the crash
/// came and whatever it lost.
///
/// @param next
///            the next dot to use
/// @param durableTo
///            dots up to here may be used
/// @param askedTo
///            the mark that is being written; equal to `durableTo` when none is
/// @param askedIn
///            the number of the write that carries it
record Reservation(long next, long durableTo, long askedTo, long askedIn) {

    /// Numbering starts after `reservedTo`, once more dots are reserved.
    static Reservation after(long reservedTo) {
        return new Reservation(reservedTo + 1, reservedTo, reservedTo, 0);
    }

    boolean has(int dots) {
        return next + dots - 1 <= durableTo;
    }

    /// Whether it is time to write the next mark: half of the dots are used up.
    boolean isLow(int block) {
        return askedTo == durableTo && durableTo - next + 1 < Math.max(1, block / 2);
    }

    Reservation asking(int block, long writeNumber) {
        return new Reservation(next, durableTo, Math.max(askedTo, next - 1) + block, writeNumber);
    }

    Reservation persisted(long writeNumber) {
        return askedTo > durableTo && writeNumber >= askedIn
                ? new Reservation(next, askedTo, askedTo, askedIn)
                : this;
    }

    Reservation using(int dots) {
        return new Reservation(next + dots, durableTo, askedTo, askedIn);
    }

    /// Gives back what was not used.
    Reservation closed() {
        return new Reservation(next, next - 1, next - 1, askedIn);
    }
}
