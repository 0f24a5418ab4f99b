package io.macula.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.macula.supervision.testkit.Act;
import io.macula.supervision.testkit.Explorer;
import io.macula.supervision.testkit.Invariant;
import io.macula.supervision.testkit.Invariants;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// The trees of a gateway and a peer stand up again after whatever happens to their children.
///
/// `-Dmacula.trees.seeds=1000` tries more orders than an ordinary build does,
/// `-Dmacula.trees.runs=300` more schedules, `-Dmacula.trees.seed=17` begins with another seed.
class MaculaTreesTest {

    private static final int SEEDS = Integer.getInteger("macula.trees.seeds", 20);
    private static final int RUNS = Integer.getInteger("macula.trees.runs", 10);
    private static final long SEED = Long.getLong("macula.trees.seed", 1);
    /// Pairs of nodes at a time: most of the time they wait for peer_discovery.
    private static final int AT_ONCE = Integer.getInteger("macula.trees.at-once", 8);

    private static final Logger TREES = (Logger) LoggerFactory
            .getLogger("io.macula.supervision.Tree");

    private static final EnumSet<Act.Kind> BLOWS = EnumSet.of(Act.Kind.CRASH, Act.Kind.KILL,
            Act.Kind.CRASH_IN_START, Act.Kind.CRASH_IN_STOP, Act.Kind.HANG,
            Act.Kind.HANG_IN_START, Act.Kind.RELEASE, Act.Kind.CRASH_ON_MESSAGE,
            Act.Kind.TRAFFIC);

    /// Each of thousands of crashes would be told with its stack.
    @BeforeAll
    static void silence() {
        TREES.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        TREES.setLevel(null);
    }

    @Test
    void everyChildOfEveryTreeIsBackAfterItsCrash() throws InterruptedException {
        var crashed = new AtomicInteger();
        var faults = new ConcurrentLinkedQueue<String>();
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var seeds = LongStream.range(SEED, SEED + SEEDS)
                    .mapToObj(seed -> crashing(threads, seed, crashed, faults))
                    .toList();
            await(seeds);
        }

        assertThat(faults).isEmpty();
        assertThat(crashed.get()).isGreaterThanOrEqualTo(SEEDS * 25);
    }

    private static Future<?> crashing(ExecutorService threads, long seed, AtomicInteger crashed,
            ConcurrentLinkedQueue<String> faults) {
        return threads.submit(() -> {
            try (var mishaps = new Mishaps(seed)) {
                crashed.addAndGet(mishaps.crashEverythingOnce());
            } catch (AssertionError | RuntimeException fault) {
                faults.add("seed " + seed + ": " + fault);
            }
        });
    }

    private static void await(List<? extends Future<?>> seeds) throws InterruptedException {
        for (var seed : seeds) {
            try {
                seed.get();
            } catch (ExecutionException fault) {
                throw new AssertionError(fault);
            }
        }
    }

    @Test
    void aGatewayHoldsUnderBlowsDrawnAtRandom() {
        assertThat(blows(true)).isGreaterThan(RUNS);
    }

    @Test
    void aPeerHoldsUnderBlowsDrawnAtRandom() {
        assertThat(blows(false)).isGreaterThan(RUNS);
    }

    /// The fourth of the usual invariants is left out: a link tells the process that opened it, in
    /// whichever life, that it is closed.
    private static Invariant calls(Supplier<Pair> pair) {
        return Invariant.of("after quiet a call gets through",
                seen -> pair.get().answering().brokenBy(seen));
    }

    private static int blows(boolean onTheGateway) {
        var pair = new AtomicReference<Pair>();
        return Explorer.in(seed -> {
            var fresh = new Pair();
            pair.set(fresh);
            return fresh.around(onTheGateway, seed);
        })
                .traffic((_, _) -> pair.get().call())
                .holding(List.of(Invariants.everyPermanentChildRuns(),
                        Invariants.restartsWithinIntensity(), calls(pair::get)))
                .only(BLOWS)
                .actsMax(8)
                .seed(SEED)
                .runs(RUNS)
                .explore()
                .acts();
    }
}
