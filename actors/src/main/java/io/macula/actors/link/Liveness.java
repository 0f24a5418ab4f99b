package io.macula.actors.link;

import java.time.Duration;
import java.util.List;

/// Decides from two timestamps whether a link still answers. Pure and small, so that one timer
/// can look at many thousands of links; the timestamps are those of [System#nanoTime()], compared
/// by difference.
///
/// Any frame counts as a heartbeat. Heard → suspect after 1.5 silent intervals → silent after 3;
/// any frame leads back from suspect to heard.
record Liveness(Duration interval, boolean suspect) {

    /// What has to be done about the link.
    enum Effect {
        /// Nothing was sent for an interval, or the peer is in doubt.
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
        return new Liveness(interval, false);
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
            return new Step(new Liveness(interval, true), List.of(Effect.SUSPECT,
                    Effect.SEND_PING));
        }
        var ping = nowNanos - sentNanos >= one;
        if (suspect && silence < one + one / 2) {
            return new Step(every(interval), ping
                    ? List.of(Effect.RECOVERED, Effect.SEND_PING)
                    : List.of(Effect.RECOVERED));
        }
        return new Step(this, ping ? List.of(Effect.SEND_PING) : List.of());
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
