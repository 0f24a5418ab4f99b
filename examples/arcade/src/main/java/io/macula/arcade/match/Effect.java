package io.macula.arcade.match;

import java.time.Duration;

/// What a [Part] wants done.
public sealed interface Effect {

    /// To everybody who follows the match.
    record Publish(Snapshot snapshot) implements Effect {}

    /// To the host.
    record Steer(Turns turns) implements Effect {}

    /// Says on the topic of the states that this node stands by. Nobody needs to hear it; but the way of a topic's first message has to be
    /// looked up, which takes seconds when a node has just died, and the first state of a successor must not wait for that.
    record Ready(String node) implements Effect {}

    /// Tells `node` that it stands by for a match.
    record Call(String node, Pairing pairing) implements Effect {}

    /// Has the result written. Comes again until [Part#over] is told what is written.
    record Report(Result result) implements Effect {}

    /// Tells everybody who follows the match what is written.
    record Announce(Result result) implements Effect {}

    /// For the pages.
    record Show(Snapshot snapshot) implements Effect {}

    /// Nothing has been heard for so long.
    record HostSilent(Duration silence) implements Effect {}

    /// It goes on, after that much silence.
    record GoesOn(Authority authority, Duration silence) implements Effect {}

    /// This node runs the match from now on.
    record TookOver(Authority authority) implements Effect {}

    /// This node ran the match and has found one that does so with more right.
    record StoodDown(Authority above) implements Effect {}

    /// The match is over, and this is what is written.
    record Ended(Result result) implements Effect {}

    /// There is nothing left to do here.
    record Close() implements Effect {}
}
