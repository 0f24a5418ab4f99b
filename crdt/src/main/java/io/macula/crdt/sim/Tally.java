package io.macula.crdt.sim;

import io.macula.crdt.Bytes;
import io.macula.crdt.ReplicaId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Counts what happens, and hashes it.
final class Tally {

    /// Bytes that one node may send per second when nothing happens.
    private static final long IDLE_BYTES_MAX = 4_000;

    long ops;
    long busy;
    private long frames;
    private long lost;
    private long bytes;
    private int bytesMax;
    private long idleBytes;
    private long idleBytesPerSecond;
    private int crashes;
    private int disksLost;
    private long writesLost;
    private int partitions;
    private final Set<ReplicaId> writers = new HashSet<>();
    private final MessageDigest digest = sha256();

    void log(long millis, long node, String what) {
        digest.update((millis + " " + node + " " + what + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void sent(long millis, long from, long to, Bytes frame, boolean isLost) {
        frames++;
        lost += isLost ? 1 : 0;
        bytes += frame.sizeBytes();
        bytesMax = Math.max(bytesMax, frame.sizeBytes());
        log(millis, from, "to " + to + (isLost ? " lost" : ""));
        digest.update(frame.toBytes());
    }

    void crashed(int writes, boolean losesDisk) {
        crashes++;
        disksLost += losesDisk ? 1 : 0;
        writesLost += writes;
    }

    void idleBegins() {
        idleBytes = bytes;
    }

    void idleEnds(int nodes, long seconds) {
        idleBytesPerSecond = (bytes - idleBytes) / nodes / seconds;
    }

    void parted() {
        partitions++;
    }

    void wrote(ReplicaId replica) {
        writers.add(replica);
    }

    /// Whether more was sent than clocks and comparisons account for.
    Optional<String> overBudget() {
        if (idleBytesPerSecond > IDLE_BYTES_MAX) {
            return Optional
                    .of(idleBytesPerSecond + " bytes per second and node were sent when idle");
        }
        return Optional.empty();
    }

    SimReport report(boolean converged, List<String> fingerprints, long healMillis, int entries,
            String violation) {
        return new SimReport(converged, fingerprints, HexFormat.of().formatHex(digest.digest()),
                healMillis, ops,
                busy, entries, violation,
                new SimReport.Traffic(frames, lost, bytes, bytesMax, idleBytesPerSecond),
                new SimReport.Faults(crashes, disksLost, writesLost, partitions, writers.size()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
