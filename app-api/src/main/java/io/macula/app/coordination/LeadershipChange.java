package io.macula.app.coordination;

/// Something that happened in an election. It is news, not a decision: it may be old when it arrives, and
/// changes that follow each other quickly may be told as one. Act under the fence.
public sealed interface LeadershipChange {

    String election();

    /// `leader` leads; its fence is newer than that of every change told before.
    record Led(String election, Leader leader) implements LeadershipChange {}

    /// Nobody leads.
    record Vacated(String election) implements LeadershipChange {}
}
