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
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// One client that reads, writes, locks and waits at random, and records what it saw.
final class Client implements Runnable {

    static final int PARTIES = 2;

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration TIME_TO_LIVE = Duration.ofSeconds(6);
    private static final AtomicLong ATTEMPTS = new AtomicLong();

    private final String run;
    private final String name;
    private final RatisVoters voters;
    private final Recorder recorder;
    private final Sinks sinks;
    private final Map<String, Fence> fences = new HashMap<>();
    private final Random random;
    private final long untilNanos;
    private String seen = "";
    private int written;

    /// @param run
    ///            what everything it uses is named after
    Client(String run, String name, RatisVoters voters, Recorder recorder, Sinks sinks,
            long seed,
            long untilNanos) {
        this.run = run;
        this.name = name;
        this.voters = voters;
        this.recorder = recorder;
        this.sinks = sinks;
        this.untilNanos = untilNanos;
        random = new Random(seed);
    }

    /// What is written under each lock, and the same without a look at the fence, which has to show.
    record Sinks(Map<String, Sink> fenced, Map<String, Sink> unfenced) {

        /// Of the locks that clients of a run take.
        static Sinks of(String run) {
            return new Sinks(Map.of(run + ".l0", Sink.fenced(), run + ".l1", Sink.fenced()),
                    Map.of(run + ".l0", Sink.unfenced(), run + ".l1", Sink.unfenced()));
        }

        private void write(String lock, Fence fence) {
            Objects.requireNonNull(fenced.get(lock)).write(fence);
            Objects.requireNonNull(unfenced.get(lock)).write(fence);
        }
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
                        recorder.note(name + " has a session");
                        use(session);
                        session.close();
                    }
                    case Opening other -> recorder.aside(name, other);
                }
            }
        }
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
                recorder.register(key, new Call<>(new Read(seen), invoked, now()));
            }
            case Transacted other -> recorder.aside(name, other);
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
                recorder.register(key, new Call<>(new Write(value), invoked, now()));
            default -> recorder.register(key,
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
                recorder.register(key, new Call<>(succeeded
                        ? new Replaced(expected, value)
                        : new NotReplaced(expected, seen), invoked, now()));
            }
            default -> recorder.register(key,
                    new Call<>(new ReplacedMaybe(expected, value), invoked, Call.NEVER));
        }
    }

    private void lock(FencedSession session, String name) {
        long invoked = now();
        switch (get(session.acquireLock(name, TIMEOUT))) {
            case Acquired.Granted(var lock) -> {
                recorder.lock(name,
                        new Call<>(new Granted(lock.fence().value()), invoked, now()));
                write(name, lock.fence());
                release(session, lock, invoked);
            }
            case NoQuorum _,SessionLost _ -> {
                long attempt = ATTEMPTS.incrementAndGet();
                recorder.lock(name, new Call<>(new GrantedMaybe(attempt), invoked, Call.NEVER));
                recorder.lock(name, new Call<>(new Withdrawn(attempt), invoked, Call.NEVER));
            }
            case Acquired other -> recorder.aside(this.name, other);
        }
    }

    /// Before it writes it wakes up late, and writes under the fence that it had the time before.
    private void write(String lock, Fence fence) {
        var before = fences.put(lock, fence);
        if (before != null) {
            sinks.write(lock, before);
        }
        sinks.write(lock, fence);
    }

    /// Without a clear answer the lock may have been lost at any time since it was asked for.
    private void release(FencedSession session, Lock lock, long asked) {
        long fence = lock.fence().value();
        long invoked = now();
        switch (get(session.release(lock, TIMEOUT))) {
            case Released.Done() -> recorder.lock(lock.name(),
                    new Call<>(new LockModel.Operation.Released(fence), invoked, now()));
            case Released.NotHeld() ->
                recorder.lock(lock.name(), new Call<>(new NotHeld(fence), invoked, now()));
            case SessionLost _ ->
                recorder.lock(lock.name(), new Call<>(new Lapsed(fence), asked, Call.NEVER));
            case Released other ->
                recorder.lock(lock.name(),
                        new Call<>(new ReleasedMaybe(fence), asked, Call.NEVER));
        }
    }

    private void barrier(FencedSession session) {
        long invoked = now();
        switch (get(session.barrier(run + ".b", PARTIES, Duration.ofMillis(600)))) {
            case Passage.Passed(var generation) -> recorder
                    .passage(new Passages.Passage(generation, invoked, now()));
            case NoQuorum _,SessionLost _ -> recorder.passageUnknown();
            case Passage other -> recorder.aside(name, other);
        }
    }
}
