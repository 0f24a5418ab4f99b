package io.macula.it.linear;

import io.macula.app.Payload;
import io.macula.app.coordination.Acquired;
import io.macula.app.coordination.Fence;
import io.macula.app.coordination.FencedSession;
import io.macula.app.coordination.Lock;
import io.macula.app.coordination.NoQuorum;
import io.macula.app.coordination.Opening;
import io.macula.app.coordination.OperationResult;
import io.macula.app.coordination.Passage;
import io.macula.app.coordination.Released;
import io.macula.app.coordination.SessionLost;
import io.macula.app.coordination.Transacted;
import io.macula.app.coordination.Transaction;
import io.macula.coordination.client.FencedClient;
import io.macula.coordination.raft.RatisVoters;
import io.macula.it.linear.LockModel.Operation.Granted;
import io.macula.it.linear.LockModel.Operation.GrantedMaybe;
import io.macula.it.linear.LockModel.Operation.Lapsed;
import io.macula.it.linear.LockModel.Operation.NotHeld;
import io.macula.it.linear.LockModel.Operation.ReleasedMaybe;
import io.macula.it.linear.LockModel.Operation.Withdrawn;
import io.macula.it.linear.RegisterModel.Operation.NotReplaced;
import io.macula.it.linear.RegisterModel.Operation.Read;
import io.macula.it.linear.RegisterModel.Operation.Replaced;
import io.macula.it.linear.RegisterModel.Operation.ReplacedMaybe;
import io.macula.it.linear.RegisterModel.Operation.Write;
import io.macula.it.linear.RegisterModel.Operation.WroteMaybe;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// One client that reads, writes, locks and waits at random, and tells what it saw.
final class Client implements Runnable {

    static final int PARTIES = 2;

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration TIME_TO_LIVE = Duration.ofSeconds(6);

    private final String run;
    private final String name;
    private final RatisVoters voters;
    private final Witness witness;
    private final Map<String, Fence> fences = new HashMap<>();
    private final Random random;
    private final long untilNanos;
    private long attempts;
    private String seen = "";
    private int written;

    /// @param run
    ///            what everything it uses is named after
    /// @param index among the clients
    Client(String run, int index, RatisVoters voters, Witness witness, long seed,
            long untilNanos) {
        this.run = run;
        this.name = "c" + index;
        this.attempts = (long) index << 32;
        this.voters = voters;
        this.witness = witness;
        this.untilNanos = untilNanos;
        random = new Random(seed);
    }

    private static long now() {
        return System.nanoTime();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Override
    public void run() {
        try (var client = FencedClient.over(voters)) {
            while (now() < untilNanos) {
                switch (get(client.open(name, TIME_TO_LIVE, TIMEOUT))) {
                    case Opening.Opened(var session) -> {
                        witness.note(now(), name + " has a session");
                        use(session);
                        session.close();
                    }
                    case Opening other -> aside(other);
                }
            }
        }
    }

    private void aside(Object answer) {
        witness.aside(now(), answer.getClass().getSimpleName(), name + " " + answer);
    }

    private void use(FencedSession session) {
        while (now() < untilNanos && !session.ended().toCompletableFuture().isDone()) {
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> register(session, run + ".r" + random.nextInt(2));
                case 4, 5, 6, 7 -> lock(session, run + ".l" + random.nextInt(2));
                default -> barrier(session);
            }
        }
    }

    private void register(FencedSession session, String key) {
        switch (random.nextInt(3)) {
            case 0 -> read(session, key);
            case 1 -> write(session, key);
            default -> replace(session, key);
        }
    }

    private void read(FencedSession session, String key) {
        long invoked = now();
        switch (get(session.transact(Transaction.get(key), TIMEOUT))) {
            case Transacted.Done(_, var results) -> {
                seen = value(results.getFirst());
                witness.register(key, new Call<>(new Read(seen), invoked, now()));
            }
            case Transacted other -> aside(other);
        }
    }

    private static String value(OperationResult result) {
        return result instanceof OperationResult.Found(var value, _) ? value.text() : "";
    }

    private String fresh() {
        return name + "-" + ++written;
    }

    private void write(FencedSession session, String key) {
        var value = fresh();
        long invoked = now();
        switch (get(session.transact(Transaction.put(key, Payload.of(value)), TIMEOUT))) {
            case Transacted.Done _ ->
                witness.register(key, new Call<>(new Write(value), invoked, now()));
            default -> witness.register(key,
                    new Call<>(new WroteMaybe(value), invoked, Call.NEVER));
        }
    }

    private void replace(FencedSession session, String key) {
        var expected = seen.isEmpty() ? "nothing" : seen;
        var value = fresh();
        long invoked = now();
        switch (get(session.transact(Transaction.compareAndSet(key, Payload.of(expected),
                Payload.of(value)), TIMEOUT))) {
            case Transacted.Done(var succeeded, var results) -> {
                seen = succeeded ? value : value(results.getFirst());
                witness.register(key, new Call<>(succeeded
                        ? new Replaced(expected, value)
                        : new NotReplaced(expected, seen), invoked, now()));
            }
            default -> witness.register(key,
                    new Call<>(new ReplacedMaybe(expected, value), invoked, Call.NEVER));
        }
    }

    private void lock(FencedSession session, String name) {
        long invoked = now();
        switch (get(session.acquireLock(name, TIMEOUT))) {
            case Acquired.Granted(var lock) -> {
                witness.lock(name,
                        new Call<>(new Granted(lock.fence().value()), invoked, now()));
                write(name, lock.fence());
                release(session, lock, invoked);
            }
            case NoQuorum _,SessionLost _ -> {
                long attempt = ++attempts;
                witness.lock(name, new Call<>(new GrantedMaybe(attempt), invoked, Call.NEVER));
                witness.lock(name, new Call<>(new Withdrawn(attempt), invoked, Call.NEVER));
            }
            case Acquired other -> aside(other);
        }
    }

    /// Before it writes it wakes up late, and writes under the fence that it had the time before.
    private void write(String lock, Fence fence) {
        var before = fences.put(lock, fence);
        if (before != null) {
            witness.writes(lock, before.value());
        }
        witness.writes(lock, fence.value());
    }

    /// Without a clear answer the lock may have been lost at any time since it was asked for.
    private void release(FencedSession session, Lock lock, long asked) {
        long fence = lock.fence().value();
        long invoked = now();
        switch (get(session.release(lock, TIMEOUT))) {
            case Released.Done() -> witness.lock(lock.name(),
                    new Call<>(new LockModel.Operation.Released(fence), invoked, now()));
            case Released.NotHeld() ->
                witness.lock(lock.name(), new Call<>(new NotHeld(fence), invoked, now()));
            case SessionLost _ ->
                witness.lock(lock.name(), new Call<>(new Lapsed(fence), asked, Call.NEVER));
            case Released other ->
                witness.lock(lock.name(),
                        new Call<>(new ReleasedMaybe(fence), asked, Call.NEVER));
        }
    }

    private void barrier(FencedSession session) {
        long invoked = now();
        switch (get(session.barrier(run + ".b", PARTIES, Duration.ofMillis(600)))) {
            case Passage.Passed(var generation) -> witness
                    .passage(new Passages.Passage(generation, invoked, now()));
            case NoQuorum _,SessionLost _ -> witness.passageUnknown();
            case Passage other -> aside(other);
        }
    }
}
