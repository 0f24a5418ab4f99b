package io.macula.actors.link;

import java.time.Duration;
import java.util.List;

/// Decides from two timestamps whether a link still answers. Pure and small, so that one timer
/// can look at many thousands of links; the timestamps are those of [System#nanoTime()], compared
/// by difference.
///
/// Any frame counts as a heartbeat. Heard → suspect after 1.5 silent intervals → silent after 3;
/// any frame leads back from suspect to heard.
///
/// @param pingAfter
///            how long nothing is sent before a ping is
record Liveness(Duration interval, Duration pingAfter, boolean suspect) {

    /// What has to be done about the link.
    enum Effect {
        /// Nothing was sent for long enough, or the peer is in doubt.
        SEND_PING,
        /// New traffic takes another path.
        SUSPECT,
        /// The peer was in doubt and was heard again.
        RECOVERED,
        /// The link is dead: close it.
        SILENT
    }

    record Step(Liveness next, List<Effect> effects) {}

    /// A link that was just heard.
    static Liveness every(Duration interval) {
        return new Liveness(interval, interval, false);
    }

    /// The same at the end that was dialled. It waits an eighth longer, so that on a quiet link the dialler pings: an answer
    /// costs less than a question, and a node that thousands have dialled only answers.
    static Liveness answering(Duration interval) {
        return new Liveness(interval, interval.plus(interval.dividedBy(8)), false);
    }

    private Liveness with(boolean inDoubt) {
        return new Liveness(interval, pingAfter, inDoubt);
    }

    /// Looks at the link.
    ///
    /// @param heardNanos
    ///            when the last frame came in
    /// @param sentNanos
    ///            when the last frame went out
    Step look(long nowNanos, long heardNanos, long sentNanos) {
        var one = interval.toNanos();
        var silence = nowNanos - heardNanos;
        if (silence >= 3 * one) {
            return new Step(this, List.of(Effect.SILENT));
        }
        if (silence >= one + one / 2 && !suspect) {
            return new Step(with(true), List.of(Effect.SUSPECT,
                    Effect.SEND_PING));
        }
        var ping = nowNanos - sentNanos >= pingAfter.toNanos();
        if (suspect && silence < one + one / 2) {
            return new Step(with(false), ping
                    ? List.of(Effect.RECOVERED, Effect.SEND_PING)
                    : List.of(Effect.RECOVERED));
        }
        return new Step(this, ping ? List.of(Effect.SEND_PING) : List.of());
    }

    /// Before this time, a look asks for nothing as long as nothing moves; what moves makes it later.
    long dueNanos(long heardNanos, long sentNanos) {
        var one = interval.toNanos();
        if (suspect) {
            return heardNanos;
        }
        var doubt = heardNanos + one + one / 2;
        var ping = sentNanos + pingAfter.toNanos();
        return doubt - ping < 0 ? doubt : ping;
    }

    /// Keeps the looks of all links fair when this process itself stood still, as in a long pause
    /// of the collector or on a laptop that slept: silence before the pause ended says nothing
    /// about the peers. Pure.
    ///
    /// @param lastNanos
    ///            when the links were looked at last
    /// @param floorNanos
    ///            no peer counts as heard earlier than this
    record Watch(long lastNanos, long floorNanos) {

        static Watch startingAt(long nowNanos) {
            return new Watch(nowNanos, nowNanos);
        }

        /// The next look; one that comes later than `pause` after the last forgives all silence.
        Watch at(long nowNanos, Duration pause) {
            return new Watch(nowNanos,
                    nowNanos - lastNanos > pause.toNanos() ? nowNanos : floorNanos);
        }

        /// The later of `heardNanos` and the floor.
        long heard(long heardNanos) {
            return heardNanos - floorNanos > 0 ? heardNanos : floorNanos;
        }
    }
}
