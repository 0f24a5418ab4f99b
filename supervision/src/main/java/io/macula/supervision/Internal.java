package io.macula.supervision;

import java.time.Duration;

/// What a supervisor, its children and its tree tell each other.
sealed interface Internal extends Supervisor.Command {

    /// The child's setup is done.
    record Ready(Cell cell, Incarnation incarnation) implements Internal {}

    /// A supervisor ended that leaves abandoned actors behind, so that its own actor cannot end.
    record Left(Cell cell, Incarnation incarnation, Exit exit) implements Internal {}

    /// A child's death, waiting for its turn.
    record Gone(Cell cell, Exit exit) implements Internal {}

    /// The next attempt of a restart; `counts` against the intensity unless it has been counted.
    record TryAgain(Cell cell, int attempt, boolean counts) implements Internal {}

    /// The time to stop is over.
    record StopDue(Cell cell, Incarnation incarnation) implements Internal {}

    /// The time to stop is over for those of the children stopped together that were given `limit`.
    record StopTogetherDue(Plan.HaltTogether group, Duration limit) implements Internal {}

    /// The time to die is over.
    record AbandonDue(Cell cell, Incarnation incarnation) implements Internal {}

    /// Kills one child as if from outside.
    record KillChild(String id) implements Internal {}

    /// Kills this supervisor and everything below it.
    record Kill() implements Internal {}

    /// Ends this supervisor as if it had thrown `cause`.
    record Crash(Throwable cause) implements Internal {}
}
