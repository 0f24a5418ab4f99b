package io.macula.actors.services;

/// What the checks of one service have come to. Pure.
///
/// @param failures running
record Checkup(boolean isOffered, int failures) {

    /// What is to be done about the offer.
    enum Verdict {
        OFFER, WITHDRAW, LEAVE
    }

    record Next(Checkup checkup, Verdict verdict) {}

    /// The last check passed.
    Next passed() {
        return new Next(new Checkup(true, 0), isOffered ? Verdict.LEAVE : Verdict.OFFER);
    }

    /// The last check failed, or took too long.
    Next failed(int failuresMax) {
        var more = Math.min(failures + 1, failuresMax);
        return isOffered && more >= failuresMax
                ? new Next(new Checkup(false, more), Verdict.WITHDRAW)
                : new Next(new Checkup(isOffered, more), Verdict.LEAVE);
    }
}
