package io.macula.coordination.client;

import io.macula.coordination.state.Command;
import io.macula.coordination.state.Reply;
import io.macula.coordination.state.Request;
import io.macula.coordination.state.SessionId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A session's line to the voters: numbers its requests, notes when it was last heard of, and learns that
/// the session has ended. Shared by the threads of its calls.
final class Line {

    private final Voters voters;
    private final SessionId session;
    private final Duration timeToLive;
    private final Numbers numbers = new Numbers();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private volatile long heardNanos;

    Line(Voters voters, SessionId session, Duration timeToLive, long openedNanos) {
        this.voters = voters;
        this.session = session;
        this.timeToLive = timeToLive;
        heardNanos = openedNanos;
    }

    Numbers numbers() {
        return numbers;
    }

    Voters voters() {
        return voters;
    }

    SessionId session() {
        return session;
    }

    /// Asks under a number that was begun. The same number asks the same question again.
    Optional<Reply> ask(long number, Request request, Duration timeout) {
        long sentNanos = System.nanoTime();
        var reply = voters.decide(new Command.Ask(session, number, numbers.open(), request),
                timeout);
        reply.ifPresent(answer -> {
            if (answer instanceof Reply.NoSession) {
                end("the voters have ended it: nothing was heard of it for " + timeToLive);
            } else if (sentNanos - heardNanos > 0) {
                heardNanos = sentNanos;
            }
        });
        return reply;
    }

    /// Asks under a number of its own, and forgets it whatever comes.
    Optional<Reply> askOnce(Request request, Duration timeout) {
        long number = numbers.begin();
        try {
            return ask(number, request, timeout);
        } finally {
            numbers.end(number);
        }
    }

    /// How long ago the last request was sent that was answered.
    Duration silence() {
        return Duration.ofNanos(Math.max(0, System.nanoTime() - heardNanos));
    }

    boolean isFresh() {
        return !ended.isDone() && silence().compareTo(timeToLive.multipliedBy(2).dividedBy(3)) < 0;
    }

    /// Whether it was this call that ended it.
    boolean end(String why) {
        return ended.complete(why);
    }

    CompletableFuture<String> ended() {
        return ended;
    }
}
