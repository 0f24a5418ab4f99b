package io.macula.coordination.state;

import java.time.Duration;

/// How much of everything there may be. All of it is in memory on every voter and in every snapshot.
public final class Limits {

    public static final int SESSIONS_MAX = 512;
    /// Requests of one session whose replies it still wants.
    public static final int OPEN_MAX = 64;
    /// Locks and elections that are held.
    public static final int CLAIMS_MAX = 1024;
    /// Who waits for one lock or election.
    public static final int WAITERS_MAX = 64;
    public static final int BARRIERS_MAX = 256;
    public static final int PARTIES_MAX = 64;
    public static final int NAME_CHARS_MAX = 128;
    public static final int KEYS_MAX = 4096;
    public static final int VALUE_BYTES_MAX = 64 << 10;
    /// Keys and values together.
    public static final int STORE_BYTES_MAX = 4 << 20;
    public static final int OPERATIONS_MAX = 128;
    public static final int CONDITIONS_MAX = 128;
    /// Values read by one transaction.
    public static final int REPLY_BYTES_MAX = 128 << 10;
    /// Values in replies that are kept for repeated requests, of all sessions.
    public static final int KEPT_REPLY_BYTES_MAX = 8 << 20;
    public static final Duration TIME_TO_LIVE_MIN = Duration.ofSeconds(1);
    public static final Duration TIME_TO_LIVE_MAX = Duration.ofMinutes(10);

    private Limits() {}

    static boolean isName(String text) {
        return !text.isEmpty() && text.length() <= NAME_CHARS_MAX;
    }

    static boolean isTimeToLive(Duration timeToLive) {
        return timeToLive.compareTo(TIME_TO_LIVE_MIN) >= 0
                && timeToLive.compareTo(TIME_TO_LIVE_MAX) <= 0;
    }
}
