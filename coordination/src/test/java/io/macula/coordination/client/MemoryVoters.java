package io.macula.coordination.client;

import io.macula.coordination.state.Claim;
import io.macula.coordination.state.Command;
import io.macula.coordination.state.Query;
import io.macula.coordination.state.Reply;
import io.macula.coordination.state.State;
import io.macula.coordination.state.Waiter;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// Voters in memory, on a network that loses requests or replies as a test says. Time is real.
final class MemoryVoters implements Voters {

    private final long beganNanos = System.nanoTime();
    private State state = State.EMPTY;
    private volatile Predicate<Command> losesRequest = _ -> false;
    private volatile Predicate<Command> losesReply = _ -> false;

    @Override
    public Optional<Reply> decide(Command command, Duration timeout) {
        if (losesRequest.test(command)) {
            return lost(timeout);
        }
        var reply = apply(command);
        return losesReply.test(command) ? lost(timeout) : Optional.of(reply);
    }

    private synchronized Reply apply(Command command) {
        var step = state.apply(command, Duration.ofNanos(System.nanoTime() - beganNanos));
        state = step.next();
        return step.reply();
    }

    private static Optional<Reply> lost(Duration timeout) {
        LockSupport.parkNanos(timeout.toNanos());
        return Optional.empty();
    }

    @Override
    public Optional<Reply> look(Query query, Duration timeout) {
        return Optional.of(state().look(query));
    }

    synchronized State state() {
        return state;
    }

    List<Waiter> queue(String lock) {
        return Objects.requireNonNull(state().claims().get(Claim.lock(lock))).queue();
    }

    void losesRequests(Predicate<Command> which) {
        losesRequest = which;
    }

    void losesReplies(Predicate<Command> which) {
        losesReply = which;
    }

    void heals() {
        losesRequest = _ -> false;
        losesReply = _ -> false;
    }
}
