package io.macula.actors.cluster;

/// How one incarnation of a member ended.
sealed interface ClusterEnd {

    /// It was on the smaller side of a partition, or silent for too long, and the others went on
    /// without it. Expected: it comes back by itself.
    record Downed() implements ClusterEnd {}

    /// It left in good order.
    record Left() implements ClusterEnd {}

    /// It never began, or broke, with one sentence why.
    record Failed(String why) implements ClusterEnd {}
}
