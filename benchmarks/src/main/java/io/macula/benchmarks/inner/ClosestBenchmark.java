package io.macula.benchmarks.inner;

import io.macula.dht.Contact;
import io.macula.dht.Endpoint;
import io.macula.dht.NodeId;
import io.macula.dht.table.RoutingTable;
import io.macula.dht.table.TableLimits;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Finds the 20 contacts nearest to an id in a routing table that has heard of 100 000 nodes.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ClosestBenchmark {

    private static final int NODES = 100_000;
    private static final int TARGETS = 1024;
    private static final int NEAREST = 20;

    private final RoutingTable table;
    private final List<NodeId> targets;
    private int next;

    public ClosestBenchmark() {
        var random = new Random(1);
        table = new RoutingTable(NodeId.random(random), TableLimits.DEFAULT, 0);
        for (int i = 0; i < NODES; i++) {
            table.heard(new Contact(NodeId.random(random), Endpoint.of("127.0.0.1", 1)), i);
        }
        targets = Stream.generate(() -> NodeId.random(random)).limit(TARGETS).toList();
    }

    @Benchmark
    public List<Contact> closest() {
        next = (next + 1) % TARGETS;
        return table.closest(targets.get(next), NEAREST, null);
    }
}
