package io.macula.benchmarks.state;

import io.macula.benchmarks.compare.NotReachedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/// Up to four processes that share state, and what is measured on them. Processes of one machine
/// have one monotonic clock.
final class Trio implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration SETTLED = Duration.ofSeconds(4);
    private static final int WARMUP = 10;
    private static final long SEED = 7;

    private final String whose;
    private final Path folder;
    private final List<ReplicaProcess> replicas = new ArrayList<>();

    private Trio(String whose, Path folder) {
        this.whose = whose;
        this.folder = folder;
    }

    /// Starts that many, and waits until each knows of all.
    static Trio of(String whose, int count) {
        try {
            var trio = new Trio(whose, Files.createTempDirectory("macula-bench"));
            try {
                for (int i = 0; i < count; i++) {
                    trio.join();
                }
                trio.await("members", count);
                return trio;
            } catch (RuntimeException e) {
                trio.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts one more.
    ReplicaProcess join() {
        var seed = replicas.isEmpty() ? "" : replicas.getFirst().address();
        var replica = ReplicaProcess.start(whose, folder.resolve("node" + replicas.size()), seed);
        replicas.add(replica);
        replica.address();
        return replica;
    }

    ReplicaProcess first() {
        return replicas.getFirst();
    }

    /// Waits until each answers at least `number`.
    void await(String question, long number) {
        replicas.forEach(replica -> await(replica, question, number));
    }

    static void await(ReplicaProcess replica, String question, long number) {
        var until = System.nanoTime() + PATIENCE.toNanos();
        for (var answer = replica.ask(question, PATIENCE); answer < number; //
                answer = replica.ask(question, PATIENCE)) {
            if (System.nanoTime() - until > 0) {
                throw new NotReachedException(question + " is " + answer + " after "
                        + PATIENCE.toSeconds() + " s, wanted " + number);
            }
            pause(Duration.ofMillis(20));
        }
    }

    /// Adds elements at the first and waits until all have them; how long that took.
    Duration fill(Elements elements) {
        var from = System.nanoTime();
        if (elements.count() > 0) {
            first().ask("add " + elements.prefix() + " " + elements.from() + " "
                    + elements.count(), PATIENCE);
            await("size", elements.from() + elements.count());
        }
        return Duration.ofNanos(System.nanoTime() - from);
    }

    /// Milliseconds from an addition at the first until the last of the others has seen it, sorted.
    List<Double> convergenceMillis(int additions) {
        var random = new Random(SEED);
        var taken = new ArrayList<Double>();
        for (int i = 0; i < WARMUP + additions; i++) {
            var element = "mark" + i + "-element-0";
            var others = replicas.subList(1, replicas.size());
            others.forEach(other -> other.ask("watch " + element, PATIENCE));
            pause(Duration.ofMillis(50 + random.nextInt(100)));
            var from = System.nanoTime();
            first().ask("add mark" + i + " 0 1", PATIENCE);
            var last = others.stream()
                    .mapToLong(other -> other.seenAt(element, PATIENCE))
                    .max()
                    .orElseThrow();
            if (i >= WARMUP) {
                taken.add((last - from) / 1e6);
            }
        }
        taken.sort(Comparator.naturalOrder());
        return taken;
    }

    /// Bytes that all together send for one addition, beyond what they send when nothing happens.
    double bytesPerAddition(int additions) {
        var gap = Duration.ofMillis(250);
        var span = gap.multipliedBy(additions).plus(SETTLED);
        pause(SETTLED);
        var before = bytes();
        pause(span);
        var idle = bytes() - before;
        var from = bytes();
        for (int i = 0; i < additions; i++) {
            first().ask("add single" + i + " 0 1", PATIENCE);
            pause(gap);
        }
        pause(SETTLED);
        return Math.max(0.0, bytes() - from - idle) / additions;
    }

    /// Bytes a second that one of them sends while nothing happens.
    double idleBytesPerSecond(Duration span) {
        pause(SETTLED);
        var before = bytes();
        pause(span);
        return (double) (bytes() - before) / span.toSeconds() / replicas.size();
    }

    private long bytes() {
        ToLongFunction<ReplicaProcess> sent = replica -> replica.ask("bytes", PATIENCE);
        return replicas.stream().mapToLong(sent).sum();
    }

    static void pause(Duration span) {
        try {
            TimeUnit.NANOSECONDS.sleep(span.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        replicas.forEach(ReplicaProcess::close);
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
