package io.macula.coordination.client;

import io.macula.app.coordination.Acquired;
import io.macula.app.coordination.FencedSession;
import io.macula.app.coordination.Lock;
import io.macula.app.coordination.Passage;
import io.macula.app.coordination.Refused;
import io.macula.app.coordination.Released;
import io.macula.app.coordination.SessionLost;
import io.macula.app.coordination.Standing;
import io.macula.app.coordination.Transacted;
import io.macula.app.coordination.Transaction;
import io.macula.coordination.state.Claim;
import io.macula.coordination.state.Command;
import io.macula.coordination.state.Reply;
import io.macula.coordination.state.Request;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/// A session as its owner sees it. Each call runs on a virtual thread of its own and has one of
/// [#CALLS_MAX] places, which it keeps while what became of it is in doubt.
final class ClientSession implements FencedSession {

    static final int CALLS_MAX = 16;

    private static final Refused TOO_MANY = new Refused(
            "at most " + CALLS_MAX + " calls of a session wait or are in doubt at a time");

    /// How long the voters are told that it is closed.
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final String owner;
    private final Line line;
    private final Executor threads;
    private final Waiting waiting;
    private final Doubts doubts;
    private final Candidacies candidacies;
    private final Semaphore places = new Semaphore(CALLS_MAX);
    private final CompletableFuture<Boolean> told = new CompletableFuture<>();

    ClientSession(String owner, Line line, Executor threads) {
        this.owner = owner;
        this.line = line;
        this.threads = threads;
        waiting = new Waiting(line);
        doubts = new Doubts(line);
        candidacies = new Candidacies(line);
    }

    /// Keeps the session alive until it ends.
    void keepAlive(Duration timeToLive) {
        threads.execute(new KeepAlive(line, doubts, timeToLive));
    }

    @Override
    public String owner() {
        return owner;
    }

    @Override
    public CompletionStage<Acquired> acquireLock(String name, Duration timeout) {
        var request = new Request.Acquire(Claim.lock(name), true);
        return call(TOO_MANY, SessionLost::new,
                () -> Answers.acquired(name, await(request, timeout)));
    }

    @Override
    public CompletionStage<Released> release(Lock lock, Duration timeout) {
        var request = new Request.Release(Claim.lock(lock.name()), lock.fence().value());
        return call(TOO_MANY, SessionLost::new, () -> Answers.released(once(request, timeout)));
    }

    @Override
    public CompletionStage<Passage> barrier(String name, int parties, Duration timeout) {
        var request = new Request.Enter(name, parties);
        return call(TOO_MANY, SessionLost::new, () -> Answers.passage(await(request, timeout)));
    }

    @Override
    public CompletionStage<Transacted> transact(Transaction transaction, Duration timeout) {
        var request = new Request.Transact(transaction);
        return call(TOO_MANY, SessionLost::new, () -> Answers.transacted(once(request, timeout)));
    }

    @Override
    public CompletionStage<Standing> electLeader(String election, Duration timeout) {
        return call(TOO_MANY, SessionLost::new,
                () -> freeing(() -> candidate(election, timeout)));
    }

    @Override
    public CompletionStage<Standing> isLeader(String election, Duration timeout) {
        return call(TOO_MANY, SessionLost::new, () -> freeing(() -> {
            var number = candidacies.number(election);
            return number.isPresent()
                    ? Answers.standing(stand(election, number.getAsLong(), timeout))
                    : Answers.observed(line.voters()
                            .decide(
                                    new Command.Observe(Claim.election(election)), timeout));
        }));
    }

    @Override
    public CompletionStage<Released> resign(String election, Duration timeout) {
        return call(TOO_MANY, SessionLost::new, () -> freeing(() -> resigned(election, timeout)));
    }

    @Override
    public boolean isFresh() {
        return line.isFresh();
    }

    @Override
    public CompletionStage<String> ended() {
        return line.ended().minimalCompletionStage();
    }

    @Override
    public void close() {
        if (line.end("closed by its owner")) {
            threads.execute(() -> {
                line.askOnce(new Request.Close(), CLOSING);
                told.complete(true);
            });
        }
    }

    /// Completes when the voters know that its owner closed it, or were not to be reached.
    CompletableFuture<Boolean> told() {
        return told;
    }

    private <T> CompletionStage<T> call(T busy, Function<String, ? extends T> lost,
            Supplier<? extends T> body) {
        if (line.ended().isDone()) {
            return CompletableFuture.completedStage(lost.apply(line.ended().join()));
        }
        if (!places.tryAcquire()) {
            return CompletableFuture.completedStage(busy);
        }
        return CompletableFuture.<T>supplyAsync(body::get, threads).minimalCompletionStage();
    }

    private <T> T freeing(Supplier<T> body) {
        try {
            return body.get();
        } finally {
            places.release();
        }
    }

    private Optional<Reply> once(Request request, Duration timeout) {
        return freeing(() -> line.askOnce(request, timeout));
    }

    /// A request that may wait. Without an answer it is in doubt and keeps its place.
    private Optional<Reply> await(Request request, Duration timeout) {
        long number = line.numbers().begin();
        var reply = waiting.await(number, request, timeout);
        if (reply.isPresent()) {
            line.numbers().end(number);
            places.release();
        } else {
            doubts.add(number, () -> {
                line.numbers().end(number);
                places.release();
            });
        }
        return reply;
    }

    private Standing candidate(String election, Duration timeout) {
        boolean stoodBefore = candidacies.number(election).isPresent();
        var number = candidacies.begin(election);
        if (number.isEmpty()) {
            return new Refused("a session stands in at most " + Candidacies.MAX + " elections");
        }
        var reply = stand(election, number.getAsLong(), timeout);
        if (!stoodBefore && reply.isEmpty()) {
            leave(election, number.getAsLong());
        } else if (reply.orElse(null) instanceof Reply.Refused) {
            candidacies.leave(election, number.getAsLong());
            candidacies.free(number.getAsLong());
        }
        return Answers.standing(reply);
    }

    private Optional<Reply> stand(String election, long number, Duration timeout) {
        return line.ask(number, new Request.Acquire(Claim.election(election), true), timeout);
    }

    private Released resigned(String election, Duration timeout) {
        var number = candidacies.number(election);
        if (number.isEmpty()) {
            return new Released.NotHeld();
        }
        var reply = line.askOnce(new Request.Withdraw(number.getAsLong()), timeout);
        if (reply.isEmpty()) {
            leave(election, number.getAsLong());
        } else {
            candidacies.leave(election, number.getAsLong());
            candidacies.free(number.getAsLong());
        }
        return Answers.released(reply);
    }

    /// It no longer stands, and the voters are told so when they can be reached.
    private void leave(String election, long number) {
        candidacies.leave(election, number);
        doubts.add(number, () -> candidacies.free(number));
    }
}
