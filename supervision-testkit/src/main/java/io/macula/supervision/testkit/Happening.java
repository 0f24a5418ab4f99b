package io.macula.supervision.testkit;

/// What is about to happen to a child.
sealed interface Happening {

    /// It begins a life.
    record Starts() implements Happening {}

    /// A message has reached it.
    record Receives(Object message) implements Happening {}

    /// It was asked to stop.
    record Stops() implements Happening {}
}
