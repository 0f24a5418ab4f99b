package io.macula.coordination.client;

import io.macula.coordination.state.Query;
import io.macula.coordination.state.Reply;
import io.macula.coordination.state.Request;
import java.time.Duration;
import java.util.Optional;

/// Requests that may have to wait: for a lock, at a barrier. It looks often, which is cheap and may
/// be old, and asks when it saw something; only what it was told when it asked counts.
final class Waiting {

    /// Between looks.
    private static final Duration LOOK_EVERY = Duration.ofMillis(40);
    /// Asks after this even when looking shows nothing new.
    private static final Duration ASK_EVERY = Duration.ofSeconds(1);
    /// Kept back of a call's time for withdrawing, at most.
    private static final Duration RESERVE_MAX = Duration.ofMillis(500);

    private final Line line;

    Waiting(Line line) {
        this.line = line;
    }

    /// The final reply; one that says it waits when it was withdrawn because time was nearly up. Empty:
    /// no majority answered; whether it waits, was granted or never arrived is not known.
    Optional<Reply> await(long number, Request request, Duration timeout) {
        var deadline = Deadline.in(timeout);
        var patience = deadline.earlierBy(reserve(timeout));
        var reply = line.ask(number, request, deadline.left());
        while (reply.isPresent() && isWaiting(reply.get())) {
            if (patience.isOver() || line.ended().isDone()) {
                return withdrawn(number, reply.get(), deadline.left());
            }
            awaitNews(number, patience);
            reply = line.ask(number, request, deadline.left());
        }
        return reply;
    }

    private Optional<Reply> withdrawn(long number, Reply waiting, Duration timeout) {
        return line.askOnce(new Request.Withdraw(number), timeout)
                .map(reply -> reply instanceof Reply.Withdrawn ? waiting : reply);
    }

    private static Duration reserve(Duration timeout) {
        var quarter = timeout.dividedBy(4);
        return quarter.compareTo(RESERVE_MAX) < 0 ? quarter : RESERVE_MAX;
    }

    private void awaitNews(long number, Deadline patience) {
        var again = Deadline.in(ASK_EVERY);
        while (!again.isOver() && !patience.isOver()) {
            Pause.of(shorter(LOOK_EVERY, patience.left()));
            var seen = line.voters()
                    .look(new Query.ReplyTo(line.session(), number),
                            shorter(ASK_EVERY, patience.left()));
            if (seen.isPresent() && !isWaiting(seen.get())
                    && !(seen.get() instanceof Reply.Unknown)) {
                return;
            }
        }
    }

    private static boolean isWaiting(Reply reply) {
        return reply instanceof Reply.Queued || reply instanceof Reply.Entered;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
