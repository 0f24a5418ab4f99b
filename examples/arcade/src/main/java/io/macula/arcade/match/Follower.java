package io.macula.arcade.match;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Shows a match: follows the highest authority it has heard of, and never shows an earlier tick after a later one. Pure.
///
/// @param shown
///            what was shown last
/// @param authority
///            the highest that was heard of
/// @param shownAt
///            when something was shown last
/// @param isSilent
///            whether that is too long ago
record Follower(@Nullable Snapshot shown, Authority authority, Instant shownAt, boolean isSilent) {

    /// From when on a page says that the host is lost: six ticks.
    static final Duration NOTICED = Duration.ofMillis(300);

    record Step(Follower next, List<Effect> effects) {}

    static Follower of(Instant now) {
        return new Follower(null, Authority.NONE, now, false);
    }

    Step heard(Snapshot snapshot, Instant now) {
        if (authority.isAbove(snapshot.authority())) {
            return new Step(this, List.of());
        }
        if (shown != null && snapshot.tick() <= shown.tick()) {
            return new Step(new Follower(shown, snapshot.authority(), shownAt, isSilent),
                    List.of());
        }
        var effects = new ArrayList<Effect>();
        if (isSilent) {
            effects.add(new Effect.GoesOn(snapshot.authority(), Duration.between(shownAt, now)));
        }
        effects.add(new Effect.Show(snapshot));
        return new Step(new Follower(snapshot, snapshot.authority(), now, false), effects);
    }

    Step tick(Instant now) {
        var silence = Duration.between(shownAt, now);
        if (shown == null || silence.compareTo(NOTICED) < 0) {
            return new Step(this, List.of());
        }
        return new Step(new Follower(shown, authority, shownAt, true),
                List.of(new Effect.HostSilent(silence)));
    }
}
