package io.macula.dht.table;

/// How fast the contacts of a table die, learned from the silences that ended: in an answer, or in
/// a death. The rate is deaths over time at risk, the usual estimate for exponential lifetimes;
/// a dead contact counts half its silence, because nobody saw when it died. Old silences fade, and at
/// most a hundred contact hours are remembered, so that a calm past does not hide a storm.
final class ChurnEstimate {

    private static final float FADE = 0.99f;
    private static final float PRIOR_DEATHS = 1f;
    private static final float PRIOR_SECONDS = 4 * 3600f;
    private static final float SECONDS_MAX = 100 * 3600f;

    private float deaths = PRIOR_DEATHS;
    private float seconds = PRIOR_SECONDS;

    void survived(int silentSeconds) {
        if (silentSeconds > 0) {
            seconds += silentSeconds;
            if (seconds > SECONDS_MAX) {
                deaths *= SECONDS_MAX / seconds;
                seconds = SECONDS_MAX;
            }
        }
    }

    void died(int silentSeconds) {
        deaths = deaths * FADE + 1;
        seconds = seconds * FADE + silentSeconds / 2f;
    }

    /// The share of contacts that die in one hour's time, as a rate: 0.69 when half are gone.
    double deathsPerHour() {
        return deaths * 3600.0 / seconds;
    }
}
