package io.macula.crdt.sim;

import java.util.List;

/// What came of a simulation.
///
/// @param converged
///            whether all replicas ended with the same entries and had seen the same changes
/// @param fingerprints
///            of each replica's entries at the end, 32 hexadecimal digits
/// @param logHash
///            SHA-256 over everything that happened: equal for equal configurations
/// @param healMillis
///            virtual time from the end of updates, partitions and crashes until convergence
/// @param ops
///            updates that took effect
/// @param busy
///            updates that were answered `Busy` or found their node down
/// @param entries
///            live entries at the end
/// @param violation
///            the first broken promise, empty when none was
/// @param traffic
///            what went over the network
/// @param faults
///            what was done to the nodes
public record SimReport(boolean converged, List<String> fingerprints, String logHash,
        long healMillis, long ops,
        long busy, int entries, String violation, Traffic traffic, Faults faults) {

    public SimReport {
        fingerprints = List.copyOf(fingerprints);
    }

    /// @param bytesMax
    ///            the largest frame
    /// @param idleBytesPerSecond
    ///            what one node sent per second after convergence
    public record Traffic(long frames, long lost, long bytes, int bytesMax,
            long idleBytesPerSecond) {}

    /// @param disksLost
    ///            crashes that took the disk too
    /// @param writesLost
    ///            writes that were not flushed when their node crashed
    /// @param epochs
    ///            replicas that wrote, in all
    public record Faults(int crashes, int disksLost, long writesLost, int partitions, int epochs) {}

    /// Whether a promise was broken.
    public boolean caught() {
        return !violation.isEmpty();
    }
}
