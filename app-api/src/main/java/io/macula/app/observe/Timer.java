package io.macula.app.observe;

import java.time.Duration;

/// Collects how long something takes.
public interface Timer extends Meter {

    /// One that took so long; a negative time counts as none.
    void record(Duration taken);
}
