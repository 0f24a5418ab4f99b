package io.macula.runtime;

import java.time.Duration;

/// How much of the platform a node gives to workloads, each with its key in `reference.conf`.
///
/// @param globalServicesMax
///            global services one node hosts
/// @param globalRequestsMax
///            requests to one global service that wait or are handled
/// @param globalTimeToLive
///            how long a successor waits after the node of an instance died
/// @param appsMax
///            workloads one node runs
/// @param appMailboxMax
///            messages that wait for one process of a workload
/// @param appRequestsMax
///            requests of others that one workload handles at a time
/// @param appDrain
///            how long a workload may take to finish what runs
public record PlatformTuning(int globalServicesMax, int globalRequestsMax,
        Duration globalTimeToLive, int appsMax, int appMailboxMax, int appRequestsMax,
        Duration appDrain) {

    /// What `reference.conf` says.
    public static final PlatformTuning DEFAULT = new PlatformTuning(50, 1_000,
            Duration.ofSeconds(2), 50, 10_000, 200, Duration.ofSeconds(10));
}
