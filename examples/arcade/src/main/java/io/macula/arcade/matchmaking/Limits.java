package io.macula.arcade.matchmaking;

/// The bounds of the Arcade. Chosen so that no request to the matchmaker changes more than a global service may, which is 120 values.
public final class Limits {

    /// Pages open on one node.
    public static final int PLAYERS_PER_NODE = 32;

    /// Matches a node hosts, stands by for, or shows.
    public static final int ARENAS_PER_NODE = 64;

    /// Matches a node is given to host; when all nodes have as many, players wait.
    static final int HOSTED_PER_NODE = 8;

    static final int QUEUE = 64;

    static final int MATCHES = 64;

    /// Results that are remembered.
    static final int RESULTS = 64;

    static final int NODES = 16;

    /// Beats of its own node in which a player is not listed.
    static final int ABSENT_BEATS = 3;

    /// Rounds without a beat after which a node is no longer given matches, and after which it is gone.
    static final int QUIET_ROUNDS = 3;
    static final int GONE_ROUNDS = 5;

    /// Rounds in which no node says that it hosts a match.
    static final int LOST_ROUNDS = 12;

    /// Players, and matches, that one request removes; the next one goes on.
    static final int SWEPT = 3;

    /// Claims of hosts that one request writes down.
    static final int CLAIMS = 12;

    /// Absent players that one request notes.
    static final int ABSENT = 16;

    private Limits() {}
}
