package io.macula.app.coordination;

/// How an election stands, seen from one session.
public sealed interface Standing
        permits Standing.Leads, Standing.Follows, Standing.Vacant, Failure {

    /// This session led when a majority answered. Hand the fence to every resource that is written as
    /// leader.
    record Leads(Fence fence) implements Standing {}

    /// Another session led when a majority answered.
    record Follows(Leader leader) implements Standing {}

    /// Nobody led.
    record Vacant() implements Standing {}
}
