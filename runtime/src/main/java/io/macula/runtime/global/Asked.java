package io.macula.runtime.global;

import io.macula.actors.trace.OpenSpan;
import io.macula.app.Payload;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// One request that waits for an instance on this node.
///
/// @param deadlineNanos
///            in the terms of [System#nanoTime()]
/// @param span
///            the handling of it, if its trace is recorded; ends with the answer
record Asked(Payload argument, long deadlineNanos, CompletableFuture<Envelope.Answer> answer,
        OpenSpan span) {

    Duration left() {
        return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
    }

    void notHere() {
        answer.complete(new Envelope.Answer.NotHere());
    }
}
