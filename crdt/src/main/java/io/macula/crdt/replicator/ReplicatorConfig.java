package io.macula.crdt.replicator;

import io.macula.crdt.Limits;
import io.macula.crdt.wire.FrameCodec;
import java.time.Duration;

/// How a replicator behaves. `with...` copies change one thing.
///
/// @param cluster
///            marks the frames of one Cluster
/// @param timing
///            when it speaks
/// @param volume
///            how much it says
/// @param skewMax
///            how far a stamp may lie ahead of our wall clock and still move our clock
/// @param reservationDots
///            how many dots are reserved on disk at a time
/// @param sync
///            whether an update is answered only when it is on disk
/// @param absence
///            after a restart, how long changes stay in the log for members that have not come yet
/// @param retireAfter
///            a member that is away for longer is retired
public record ReplicatorConfig(long cluster, Limits limits, Timing timing, Volume volume,
        Duration skewMax,
        int reservationDots, boolean sync, Duration absence, Duration retireAfter) {

    public static final ReplicatorConfig DEFAULT = new ReplicatorConfig(0, Limits.DEFAULT,
            Timing.DEFAULT,
            Volume.DEFAULT, Duration.ofMillis(500), 100_000, false,
            Duration.ofSeconds(60), Duration.ofDays(7));

    public ReplicatorConfig {
        if (reservationDots < 1) {
            throw new IllegalArgumentException("at least one dot is reserved");
        }
        if (absence.isNegative() || retireAfter.isNegative()) {
            throw new IllegalArgumentException("members are waited for, or not at all");
        }
    }

    /// @param coalesce
    ///            changes within this time of a push go together in the next
    /// @param clockEvery
    ///            how often clocks are exchanged
    /// @param compareEvery
    ///            how often one random peer is compared with
    /// @param retryAfter
    ///            how long an unanswered question is left alone
    public record Timing(Duration coalesce, Duration clockEvery, Duration compareEvery,
            Duration retryAfter) {
        public static final Timing DEFAULT = new Timing(Duration.ofMillis(20),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30), Duration.ofSeconds(1));

        public Timing {
            if (coalesce.isNegative() || clockEvery.toMillis() < 1 || compareEvery.toMillis() < 1
                    || retryAfter.toMillis() < 1) {
                throw new IllegalArgumentException("periods are 1 ms or more");
            }
        }
    }

    /// @param frameBytesMax
    ///            no frame is larger
    /// @param coalesceBytes
    ///            so much waiting is pushed at once
    /// @param outboxBytesMax
    ///            beyond so much waiting an update is answered `Busy`
    /// @param answerBytes
    ///            data sent in answer to one question
    /// @param fanout
    ///            peers that a change is pushed to; up to two more when changes arrive late
    /// @param peerBytesPerSecond
    ///            data sent to one peer; what does not fit waits for its next question
    /// @param logBytesMax
    ///            size of the log; older changes than it holds are repaired by comparison
    public record Volume(int frameBytesMax, int coalesceBytes, int outboxBytesMax, int answerBytes,
            int fanout,
            int peerBytesPerSecond, long logBytesMax) {
        public static final Volume DEFAULT = new Volume(FrameCodec.FRAME_BYTES_MAX, 32 << 10,
                8 << 20, 256 << 10,
                3, 16 << 20, 64 << 20);

        public Volume {
            if (coalesceBytes < 1 || outboxBytesMax < coalesceBytes || answerBytes < 1 || fanout < 1
                    || peerBytesPerSecond < 1 || logBytesMax < 0) {
                throw new IllegalArgumentException("volumes are positive");
            }
        }
    }

    public ReplicatorConfig withCluster(long newCluster) {
        return new ReplicatorConfig(newCluster, limits, timing, volume, skewMax, reservationDots,
                sync, absence, retireAfter);
    }

    public ReplicatorConfig withTiming(Timing newTiming) {
        return new ReplicatorConfig(cluster, limits, newTiming, volume, skewMax, reservationDots,
                sync, absence, retireAfter);
    }

    public ReplicatorConfig withVolume(Volume newVolume) {
        return new ReplicatorConfig(cluster, limits, timing, newVolume, skewMax, reservationDots,
                sync, absence, retireAfter);
    }

    public ReplicatorConfig withReservationDots(int newReservationDots) {
        return new ReplicatorConfig(cluster, limits, timing, volume, skewMax, newReservationDots,
                sync, absence, retireAfter);
    }

    public ReplicatorConfig withLimits(Limits newLimits) {
        return new ReplicatorConfig(cluster, newLimits, timing, volume, skewMax, reservationDots,
                sync, absence, retireAfter);
    }

    public ReplicatorConfig withSync(boolean newSync) {
        return new ReplicatorConfig(cluster, limits, timing, volume, skewMax, reservationDots,
                newSync, absence, retireAfter);
    }

    public ReplicatorConfig withAbsence(Duration newAbsence) {
        return new ReplicatorConfig(cluster, limits, timing, volume, skewMax, reservationDots,
                sync, newAbsence, retireAfter);
    }

    public ReplicatorConfig withRetireAfter(Duration newRetireAfter) {
        return new ReplicatorConfig(cluster, limits, timing, volume, skewMax, reservationDots,
                sync, absence, newRetireAfter);
    }
}
