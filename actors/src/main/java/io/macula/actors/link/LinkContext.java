package io.macula.actors.link;

import io.macula.actors.link.quic.QuicConnection;
import io.macula.actors.wire.WireCounters;
import io.macula.actors.wire.WireLimits;

/// What every link of one [QuicLinks] shares.
interface LinkContext {

    LinkConfig config();

    WireLimits limits();

    WireCounters counters();

    /// The clock of silences and round trips, as [System#nanoTime()].
    long nanoTime();

    /// The clock of the wire: milliseconds since 1970.
    long millis();

    /// Runs a task on the timer thread a moment later, when what is under way has arrived.
    void soon(Runnable task);

    /// The far side was told why and now has a moment to close the connection itself, so that what
    /// it was told is not overtaken by the close; after that it is closed here.
    void leave(QuicConnection connection, String code);

    /// The connection is gone.
    void left(QuicConnection connection);

    /// Counts a link among those that are told when the node goes; false when it is going already.
    boolean add(QuicLink link);

    /// A link ended, whether it was up or only admitted.
    void ended(QuicLink link);
}
