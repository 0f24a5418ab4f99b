package io.macula.app.global;

/// What a global service gives up when its Cluster is parted.
public enum Availability {

    /// At most one instance has any effect: it holds a fenced leadership. On the side without a
    /// majority of voters callers get [GlobalServices.Reply.NoQuorum].
    FENCED,

    /// Each side has an instance of its own, and every request is answered. On heal one of them
    /// goes on and the states are merged by the rules of their types: sets by what was added last,
    /// counters by sum, texts by the last write. Needs no voters.
    ADVISORY
}
