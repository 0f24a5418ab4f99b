package io.macula.actors.state;

import io.macula.actors.state.StateStore.StateStoreException;
import io.macula.crdt.replicator.Durable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps state in a [StateStore], from one thread that belongs to it: writes that wait go together
/// (group commit), and are made safe at once when one of them asks for it, else within `flush`.
public final class StateDisk implements StateKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(StateDisk.class);

    /// Writes that wait before the replicator is told to hold back, and changes in them, in bytes.
    static final int WAITING_MAX = 4_096;

    static final long WAITING_BYTES_MAX = 32L << 20;

    /// What the thread is asked to do.
    private sealed interface Task {
        record Open(Life life) implements Task {}

        record Put(Life life, Durable.Write write, long sizeBytes) implements Task {}

        record Copy(Path to, CompletableFuture<Optional<String>> answer) implements Task {}

        record Close(CompletableFuture<Void> done) implements Task {}
    }

    private final StateStore store;
    private final long flushNanos;
    private final LinkedBlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final Thread thread;
    private volatile @Nullable Life youngest;
    private boolean isClosed;
    private boolean isDirty;
    private long syncedNanos = System.nanoTime();
    private @Nullable Life writing;
    private long written;

    public StateDisk(StateStore store, Duration flush) {
        this.store = store;
        this.flushNanos = flush.toNanos();
        this.thread = Thread.ofPlatform().daemon().name("state-disk").start(this::work);
    }

    /// One session.
    private final class Life implements Session {

        private final Listener listener;
        private final CompletableFuture<Found> found = new CompletableFuture<>();
        private volatile boolean failed;

        Life(Listener listener) {
            this.listener = listener;
        }

        @Override
        public CompletionStage<Found> found() {
            return found;
        }

        @Override
        public void write(Durable.Write write) {
            if (!failed && youngest == this) {
                var sizeBytes = write.sizeBytes();
                waitingBytes.addAndGet(sizeBytes);
                tasks.add(new Task.Put(this, write, sizeBytes));
            }
        }

        @Override
        public boolean isBehind() {
            return tasks.size() > WAITING_MAX || waitingBytes.get() > WAITING_BYTES_MAX;
        }

        void fail(String why) {
            failed = true;
            listener.failed(why);
        }
    }

    @Override
    public Session open(Listener listener) {
        var life = new Life(listener);
        youngest = life;
        tasks.add(new Task.Open(life));
        return life;
    }

    @Override
    public CompletionStage<Optional<String>> snapshot(Path to) {
        var answer = new CompletableFuture<Optional<String>>();
        tasks.add(new Task.Copy(to, answer));
        return answer;
    }

    @Override
    public void close() {
        var done = new CompletableFuture<Void>();
        tasks.add(new Task.Close(done));
        if (thread.isAlive()) {
            done.completeOnTimeout(null, 10, TimeUnit.SECONDS).join();
        }
    }

    private void work() {
        try {
            while (!isClosed) {
                var todo = new ArrayList<Task>();
                var first = tasks.poll(waitNanos(), TimeUnit.NANOSECONDS);
                if (first != null) {
                    todo.add(first);
                    tasks.drainTo(todo);
                }
                perform(todo);
                if (isDirty && System.nanoTime() - syncedNanos >= flushNanos) {
                    sync();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!isClosed) {
                store.close();
            }
        }
    }

    private long waitNanos() {
        return isDirty ? Math.max(0, syncedNanos + flushNanos - System.nanoTime()) : Long.MAX_VALUE;
    }

    private void perform(List<Task> todo) {
        var writes = new ArrayList<Durable.Write>();
        for (var task : todo) {
            if (task instanceof Task.Put(_, _, var sizeBytes)) {
                waitingBytes.addAndGet(-sizeBytes);
            }
            switch (task) {
                case Task.Put(var life, var write, _) when life == writing && !life.failed ->
                    writes.add(write);
                case Task.Put _ -> {
                }
                case Task.Open(var life) -> {
                    write(writes);
                    open(life);
                }
                case Task.Copy(var to, var answer) -> {
                    write(writes);
                    answer.complete(copy(to));
                }
                case Task.Close(var done) -> {
                    write(writes);
                    sync();
                    isClosed = true;
                    store.close();
                    done.complete(null);
                }
            }
        }
        write(writes);
    }

    private void open(Life life) {
        sync();
        writing = life;
        written = 0;
        try {
            life.found.complete(store.load());
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("stored state cannot be read");
            life.found.complete(new Found.Failed("reading stored state failed: " + e));
        }
    }

    /// Writes and forgets `writes`.
    private void write(List<Durable.Write> writes) {
        var life = writing;
        if (writes.isEmpty() || life == null) {
            return;
        }
        var isUrgent = writes.stream().anyMatch(Durable.Write::now);
        var last = writes.getLast().number();
        try {
            store.write(writes);
            if (!isDirty) {
                isDirty = true;
                syncedNanos = System.nanoTime();
            }
            written = last;
        } catch (StateStoreException | RuntimeException e) {
            life.fail(String.valueOf(e.getMessage()));
        }
        writes.clear();
        if (isUrgent) {
            sync();
        }
    }

    private void sync() {
        var life = writing;
        if (!isDirty || life == null || life.failed) {
            isDirty = false;
            return;
        }
        isDirty = false;
        syncedNanos = System.nanoTime();
        try {
            store.sync();
            life.listener.persisted(written);
        } catch (StateStoreException | RuntimeException e) {
            life.fail(String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> copy(Path to) {
        try {
            store.snapshot(to);
            return Optional.empty();
        } catch (StateStoreException | RuntimeException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
