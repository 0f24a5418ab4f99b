package io.macula.coordination.state;

import io.macula.app.coordination.Transaction;

/// What a session asks for.
public sealed interface Request {

    /// To live on.
    record Renew() implements Request {}

    /// To end, and to give back everything.
    record Close() implements Request {}

    /// To have `claim`.
    ///
    /// @param waits
    ///            until it is free; else it is refused when it is not
    record Acquire(Claim claim, boolean waits) implements Request {}

    record Release(Claim claim, long fence) implements Request {}

    /// To wait at a barrier.
    record Enter(String barrier, int parties) implements Request {}

    /// To undo request `target`: it stops waiting, gives back what it was granted, and does not run if it
    /// arrives later. The reply is [Reply.Withdrawn], or how it had ended before.
    record Withdraw(long target) implements Request {}

    record Transact(Transaction transaction) implements Request {}
}
