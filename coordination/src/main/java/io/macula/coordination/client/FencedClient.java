package io.macula.coordination.client;

import io.macula.app.coordination.FencedCoordination;
import io.macula.app.coordination.LeadershipChange;
import io.macula.app.coordination.Opening;
import io.macula.app.coordination.Refused;
import io.macula.app.coordination.Standing;
import io.macula.coordination.state.Claim;
import io.macula.coordination.state.Command;
import io.macula.coordination.state.Reply;
import io.macula.coordination.state.SessionId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Fenced coordination over any [Voters]. Closing it ends its sessions and watches, not the voters.
public final class FencedClient implements FencedCoordination, AutoCloseable {

    /// Watches that are open at a time.
    public static final int WATCHES_MAX = 64;

    private static final Duration CLOSING_MAX = Duration.ofSeconds(1);

    private final Voters voters;
    private final Executor threads = task -> Thread.ofVirtual().name("coordination").start(task);
    private final Set<ClientSession> sessions = ConcurrentHashMap.newKeySet();
    private final Set<LeaderWatch> watches = ConcurrentHashMap.newKeySet();
    private final Semaphore places = new Semaphore(WATCHES_MAX);

    private FencedClient(Voters voters) {
        this.voters = voters;
    }

    public static FencedClient over(Voters voters) {
        return new FencedClient(voters);
    }

    @Override
    public CompletionStage<Opening> open(String owner, Duration timeToLive, Duration timeout) {
        return CompletableFuture.supplyAsync(() -> opened(owner, timeToLive, timeout), threads)
                .minimalCompletionStage();
    }

    private Opening opened(String owner, Duration timeToLive, Duration timeout) {
        var id = SessionId.random();
        long sentNanos = System.nanoTime();
        var reply = voters.decide(new Command.Open(id, owner, timeToLive), timeout);
        return switch (reply.orElse(null)) {
            case null -> Answers.noQuorum();
            case Reply.Opened() -> new Opening.Opened(session(id, owner, timeToLive, sentNanos));
            case Reply.Refused(var message) -> new Refused(message);
            case Reply other -> throw new IllegalStateException("the voters answered " + other);
        };
    }

    private ClientSession session(SessionId id, String owner, Duration timeToLive,
            long openedNanos) {
        var line = new Line(voters, id, timeToLive, openedNanos);
        var session = new ClientSession(owner, line, threads);
        sessions.add(session);
        var _ = line.ended().thenRun(() -> sessions.remove(session));
        session.keepAlive(timeToLive);
        return session;
    }

    @Override
    public CompletionStage<Standing> leader(String election, Duration timeout) {
        var command = new Command.Observe(Claim.election(election));
        return CompletableFuture
                .<Standing>supplyAsync(() -> Answers.observed(voters.decide(command, timeout)),
                        threads)
                .minimalCompletionStage();
    }

    @Override
    public Watch onLeadershipChange(String election, Consumer<LeadershipChange> listener) {
        if (!places.tryAcquire()) {
            throw new IllegalStateException("at most " + WATCHES_MAX + " watches are open");
        }
        var watch = new LeaderWatch(election, voters, listener, places::release);
        watches.add(watch);
        threads.execute(watch);
        return () -> {
            watches.remove(watch);
            watch.close();
        };
    }

    /// Gives back what its sessions hold, and waits up to a second for a majority to know.
    @Override
    public void close() {
        var open = List.copyOf(sessions);
        open.forEach(ClientSession::close);
        watches.forEach(LeaderWatch::close);
        CompletableFuture
                .allOf(open.stream().map(ClientSession::told).toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, CLOSING_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
