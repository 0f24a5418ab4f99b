package io.macula.supervision.testkit;

import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.ActorSystem;

/// Where a lab's trees run: what time it is there, and when nothing moves.
interface World {

    /// How long to wait for what should come about at once.
    Duration PATIENCE = Duration.ofSeconds(20);

    ActorSystem<?> system();

    /// True when the lab owns the system, and ends its trees and the system with itself.
    boolean isOurs();

    /// True when time and the order of things are in the lab's hands.
    boolean isManual();

    long nanos();

    /// Returns when nothing moves any more, or, in real time, seems to.
    void settle();

    /// Carries out `stimulus` and settles. In manual time nothing it sets off begins before it is over.
    void during(Runnable stimulus);

    void timePasses(Duration time);

    /// Runs `action` after `delay`, unless the result is run before.
    Runnable later(Duration delay, Runnable action);

    /// Something for a child to hang on.
    Hung hung(boolean deaf);

    /// Lets the calling child's thread hang on `hung`.
    ///
    /// @throws InterruptedException when it was interrupted
    void hang(Hung hung) throws InterruptedException;

    /// Ends what is ours.
    ///
    /// @return what is left behind, in sentences
    List<String> close();
}
