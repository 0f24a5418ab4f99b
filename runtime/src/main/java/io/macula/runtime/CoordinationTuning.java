package io.macula.runtime;

import java.time.Duration;

/// How a member of a Cluster takes part in its fenced coordination, each with its key in `reference.conf`.
///
/// @param host
///            address a voter listens on, and by which the others know it
/// @param port
///            of a voter; 0 takes any free one, which is then kept
/// @param votersMax
///            1, 3 or 5; all members should have the same
/// @param replaceAfter
///            how long a voter may be away until another member votes in its place
/// @param elections
///            how soon a voter stands for election when it does not hear its leader
public record CoordinationTuning(boolean enabled, String host, int port, int votersMax,
        Duration replaceAfter, Elections elections) {

    /// How soon a silent leader is replaced.
    public enum Elections {
        /// After about one to three seconds, for machines with CPU to spare.
        SERVER,
        /// After about two to six seconds, for small or busy machines.
        EDGE
    }

    /// What `reference.conf` says.
    public static final CoordinationTuning DEFAULT = new CoordinationTuning(false, "127.0.0.1",
            9_454, 5, Duration.ofSeconds(30), Elections.SERVER);

    public CoordinationTuning {
        if (votersMax != 1 && votersMax != 3 && votersMax != 5) {
            throw new IllegalArgumentException("there are 1, 3 or 5 voters, not " + votersMax);
        }
    }
}
