package io.macula.arcade.match;

/// What a node does for a match, beside showing it.
sealed interface Role {

    /// Nothing more.
    record Watching() implements Role {}

    /// Waits for the host to fall silent.
    record StandingBy(Standby standby) implements Role {}

    /// Runs it.
    record Hosting(Host host) implements Role {}

    /// The result is written: the last announcements are made.
    ///
    /// @param announces
    ///            whether this node was the host
    /// @param ticksLeft
    ///            until there is nothing left to do
    record Closing(Result result, boolean announces, int ticksLeft) implements Role {}
}
