package io.macula.app.coordination;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// Locks, leaders, barriers and a small store, decided by a majority of a Cluster's voters.
///
/// **Guarantee:** linearizable. Every answer is that of an entry in a log which a majority has on disk;
/// nothing is answered from memory. **In a partition:** the side with a majority goes on; on the other
/// side every call ends in [NoQuorum] within its timeout, never in a weaker answer. **After a
/// crash:** nothing that was confirmed is lost while a majority of the disks survives. **On heal:**
/// nothing is merged, there was only ever one history. Only within one Cluster: there is no lock between
/// Clusters.
///
/// **Not guaranteed:** that a holder which is paused stops. Its grant passes on when its session ends,
/// and it finds out late; what it then writes is refused only where the [Fence] is checked.
///
/// A stage never fails and completes by its timeout, on a thread of its own.
public interface FencedCoordination {

    /// Opens a session: the life of what is held. It is renewed by itself while this process runs;
    /// when nothing is heard of it for `timeToLive`, the voters end it and pass on what it held.
    ///
    /// @param owner
    ///            a name that others see, 1 to 128 characters
    /// @param timeToLive
    ///            1 s to 10 min; the time a successor waits after a crash
    CompletionStage<Opening> open(String owner, Duration timeToLive, Duration timeout);

    /// Who led `election` at one point between call and answer: [Standing.Follows] or
    /// [Standing.Vacant].
    CompletionStage<Standing> leader(String election, Duration timeout);

    /// Tells `listener` of the leader as it is and of every change that is noticed, one at a time and
    /// in order, until the watch is closed.
    ///
    /// **Delivery:** the last state arrives while a voter can be reached, usually within 200 ms; what
    /// changed and changed again in between may not be told.
    ///
    /// @throws IllegalStateException
    ///             if 64 watches are open already
    Watch onLeadershipChange(String election, Consumer<LeadershipChange> listener);

    /// Ends what [#onLeadershipChange] began.
    interface Watch extends AutoCloseable {

        @Override
        void close();
    }
}
