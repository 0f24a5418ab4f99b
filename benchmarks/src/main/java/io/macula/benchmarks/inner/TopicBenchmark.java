package io.macula.benchmarks.inner;

import io.macula.actors.wire.TopicName;
import io.macula.actors.wire.TopicPattern;
import io.macula.actors.wire.TopicTrie;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/// Routes a publish among 10 000 wildcard patterns, one subscriber each, over 1 000 topics. Most
/// patterns watch one device or one measurement, one in a hundred a whole site; a publish
/// reaches about 16 subscribers.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TopicBenchmark {

    private static final int SITES = 10;
    private static final int DEVICES = 20;
    private static final int PATTERNS = 10_000;
    private static final List<String> KINDS = List.of("temp", "power", "state", "alarm", "count");

    private final TopicTrie<Integer> trie = new TopicTrie<>();
    private final List<TopicName> topics = new ArrayList<>();
    private int next;

    public TopicBenchmark() {
        for (int site = 0; site < SITES; site++) {
            for (int device = 0; device < DEVICES; device++) {
                for (var kind : KINDS) {
                    topics.add(TopicName.of("site-" + site + ".device-" + device + "." + kind)
                            .orElseThrow());
                }
            }
        }
        var random = new Random(1);
        while (trie.size() < PATTERNS) {
            trie.add(TopicPattern.of(pattern(random)).orElseThrow(), trie.size());
        }
    }

    /// Three of four watch a site that never speaks.
    private static String pattern(Random random) {
        var site = "site-" + random.nextInt(4 * SITES);
        var device = "device-" + random.nextInt(DEVICES);
        var kind = KINDS.get(random.nextInt(KINDS.size()));
        int share = random.nextInt(100);
        if (share == 0) {
            return site + ".**";
        }
        return share < 50 ? site + "." + device + ".*" : site + "." + device + "." + kind + ".**";
    }

    @Benchmark
    public void route(Blackhole hole) {
        next = next + 1 == topics.size() ? 0 : next + 1;
        trie.match(topics.get(next), hole::consume);
    }
}
