package io.macula.app.coordination;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/// One owner's dealings with the voters. What it holds is given back when it is closed, or
/// passes on when it is not heard of for its time to live. All verbs are linearizable as
/// [FencedCoordination] says; a repeat inside one call never runs twice, because every request has a
/// number that the voters remember.
///
/// At most 16 calls wait at a time; more are [Refused]. A stage never fails and completes by its
/// timeout.
public interface FencedSession extends AutoCloseable {

    String owner();

    /// Makes this session a candidate and says who leads. It stays a candidate: when the leader ends or
    /// resigns, the candidate that has waited longest leads, as `onLeadershipChange` tells. Asked
    /// again, it says how the election stands. In at most 24 elections at a time.
    CompletionStage<Standing> electLeader(String election, Duration timeout);

    /// Whether this session led at one point between call and answer. To know it for the moment of a
    /// write, let the resource check the fence.
    CompletionStage<Standing> isLeader(String election, Duration timeout);

    /// Gives up leadership or candidacy.
    CompletionStage<Released> resign(String election, Duration timeout);

    /// Waits up to `timeout` for the lock; those who wait get it in their order. Not reentrant: one
    /// session asks for a lock once.
    CompletionStage<Acquired> acquireLock(String name, Duration timeout);

    /// Gives the lock back, if this session still holds it under its fence.
    CompletionStage<Released> release(Lock lock, Duration timeout);

    /// Waits until `parties` sessions wait here, then lets all of them pass. Who gives up (by the
    /// timeout or the end of a session) breaks it for all who wait; the next to come begin anew.
    ///
    /// @param parties
    ///            1 to 64, the same for all
    CompletionStage<Passage> barrier(String name, int parties, Duration timeout);

    /// Runs a transaction on the Cluster's small store: at most 4096 keys, 64 KiB a value, 4 MiB in all,
    /// 128 operations at a time.
    CompletionStage<Transacted> transact(Transaction transaction, Duration timeout);

    /// Whether a holder may go on without asking: less than two thirds of the time to live have
    /// passed since the last request that was answered was sent. A local look at this
    /// process's clock; a pause can make it wrong, a fence cannot be.
    boolean isFresh();

    /// Completes with one sentence when the session has ended, by [#close()] or by itself.
    CompletionStage<String> ended();

    /// Ends the session and gives back all it holds: at once if a majority can be reached, else when
    /// its time to live is over. Returns without waiting.
    @Override
    void close();
}
