package io.macula.supervision;

import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;

/// What [SupervisorCore] cannot do itself.
interface Shell {

    /// A number greater than any before it in this tree.
    long nextTicket();

    /// Starts the incarnation of `cell` and notes its ref; [SupervisorCore] hears of it as ready or gone.
    void spawn(Cell cell);

    /// Asks a child to stop.
    void stop(Cell cell);

    void kill(Cell cell);

    /// Stops waiting for a child that cannot be killed.
    void abandon(Cell cell);

    /// Sends `message` back to this supervisor after `delay`; running the result takes it back.
    Runnable later(Duration delay, Internal message);

    /// Sends `message` back to this supervisor, after what waits already.
    void post(Internal message);

    void report(Event event);

    /// A child has become known.
    void added(Cell cell);

    /// Whether `ref`, which is no current child, has ever been one.
    boolean wasChild(ActorRef<?> ref);

    void forgotten(Cell cell);

    /// All children have started for the first time.
    void up();

    long nanos();
}
