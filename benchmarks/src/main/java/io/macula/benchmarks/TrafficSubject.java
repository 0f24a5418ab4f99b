package io.macula.benchmarks;

import static io.macula.benchmarks.compare.Goal.Better.LESS;
import static io.macula.benchmarks.compare.Goal.Better.MORE;
import static io.macula.benchmarks.traffic.Contestant.ARTERY_TLS;
import static io.macula.benchmarks.traffic.Contestant.MACULA;
import static io.macula.benchmarks.traffic.Contestant.NATS_TLS;
import static io.macula.benchmarks.traffic.Contestant.QUIC;

import io.macula.benchmarks.compare.Goal;
import io.macula.benchmarks.compare.JmhRun;
import io.macula.benchmarks.compare.Measurement;
import io.macula.benchmarks.inner.TopicBenchmark;
import io.macula.benchmarks.traffic.Contestant;
import io.macula.benchmarks.traffic.Scene;
import io.macula.benchmarks.traffic.TrafficRuns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Messages and calls between nodes of ours beside brokers and other transports.
final class TrafficSubject {

    private static final String RATE = "rate";
    private static final String CPU = "cpu";
    private static final String P50 = "p50";
    private static final String P99 = "p99";
    private static final String MICROS = "us";
    private static final String CPU_UNIT = "CPU s/million";
    private static final String RELAYED = "relayed";
    private static final int FAN = 4;
    private static final int MANY = 64;
    private static final int PER_SECOND = 5_000;

    private final TrafficRuns runs;
    private final Set<Contestant> against;
    private final int repetitions;
    private final List<Measurement> rows = new ArrayList<>();

    private TrafficSubject(TrafficRuns runs, Set<Contestant> against, int repetitions) {
        this.runs = runs;
        this.against = against;
        this.repetitions = repetitions;
    }

    /// @param against who is measured beside ours; all of them are installed
    static List<Measurement> measurements(Bench.Subject what, TrafficRuns runs,
            Set<Contestant> against, int repetitions) {
        var subject = new TrafficSubject(runs, against, repetitions);
        switch (what) {
            case MESSAGING -> subject.messaging();
            case RPC -> subject.rpc();
            case LATENCY -> subject.latency();
            case FANOUT -> subject.fanout();
            case RELAY -> subject.relay();
            case CONNECTIONS, MEMORY, START, WATCHED, SUPERVISION, STATE ->
                throw new IllegalArgumentException("no traffic: " + what);
        }
        return List.copyOf(subject.rows);
    }

    private void messaging() {
        var scene = Scene.pair(Scene.THROUGHPUT);
        row("throughput 1 to 1", "messages/s", scene, Scene.THROUGHPUT, RATE,
                Goal.none(MORE)
                        .times(0.6, NATS_TLS.title())
                        .times(0.5, QUIC.title())
                        .times(2, ARTERY_TLS.title()));
        row("throughput 1 to 1, CPU", CPU_UNIT, scene, Scene.THROUGHPUT, CPU, Goal.none(LESS));
        alone("local publish, subscriber on the same node", "messages/s",
                Scene.alone(Scene.THROUGHPUT), Scene.THROUGHPUT, RATE, Map.of(),
                Goal.atLeast(2_000_000));
        ours("route a publish, 10,000 patterns, 1,000 topics", MICROS,
                () -> JmhRun.of(TopicBenchmark.class, "route", _ -> {}).score() / 1e3,
                Goal.atMost(2));
    }

    private void rpc() {
        var one = Scene.calls(1);
        var many = Scene.calls(MANY);
        var scene = Scene.pair(one, many);
        row("call, 1 under way, p50", MICROS, scene, one, P50,
                Goal.none(LESS)
                        .times(0.7, NATS_TLS.title())
                        .times(2, QUIC.title())
                        .times(0.5, ARTERY_TLS.title()));
        row("call, 1 under way, p99", MICROS, scene, one, P99, Goal.none(LESS));
        row("call, 1 under way, CPU", CPU_UNIT, scene, one, CPU, Goal.none(LESS));
        row("calls, 64 under way", "calls/s", scene, many, RATE,
                Goal.none(MORE).times(2, NATS_TLS.title()).times(2, ARTERY_TLS.title()));
        row("calls, 64 under way, p99", MICROS, scene, many, P99, Goal.none(LESS));
        row("calls, 64 under way, CPU", CPU_UNIT, scene, many, CPU, Goal.none(LESS));
    }

    private void latency() {
        var timed = Scene.timed(PER_SECOND);
        var scene = Scene.pair(timed);
        row("publish to deliver at 5,000/s, p50", MICROS, scene, timed, P50,
                Goal.none(LESS).times(0.8, NATS_TLS.title()).times(0.5, ARTERY_TLS.title()));
        row("publish to deliver at 5,000/s, p99", MICROS, scene, timed, P99, Goal.none(LESS));
        row("publish to deliver at 5,000/s, CPU", CPU_UNIT, scene, timed, CPU, Goal.none(LESS));
    }

    private void fanout() {
        fan("4 subscribers on one node", Scene.fan(FAN, 1), 1);
        fan("4 subscribers on four nodes", Scene.fan(FAN, FAN), 0.25);
    }

    private void fan(String name, Scene scene, double ofNats) {
        row(name, "deliveries/s", scene, Scene.THROUGHPUT, RATE,
                Goal.none(MORE).times(ofNats, NATS_TLS.title()).times(2, ARTERY_TLS.title()));
        row(name + ", CPU", CPU_UNIT, scene, Scene.THROUGHPUT, CPU, Goal.none(LESS));
    }

    private void relay() {
        var call = Scene.calls(1);
        var direct = Scene.pair(Scene.THROUGHPUT, call);
        var relayed = Scene.relayed(Scene.THROUGHPUT, call);
        alone("throughput by a gateway", "messages/s", relayed, Scene.THROUGHPUT, RATE, Map.of(),
                Goal.atLeast(150_000));
        alone("throughput by a gateway, CPU", CPU_UNIT, relayed, Scene.THROUGHPUT, CPU, Map.of(),
                Goal.none(LESS));
        alone("direct call beside a relayed one, p50", MICROS, direct, call, P50,
                Map.of(RELAYED, runs.source(MACULA, relayed, call, P50)),
                Goal.none(LESS).times(0.6, RELAYED));
    }

    private void ours(String name, String unit, Measurement.Source source, Goal goal) {
        rows.add(new Measurement(name, unit, repetitions, source, Map.of(), goal));
    }

    private void row(String name, String unit, Scene scene, String measurement, String figure,
            Goal goal) {
        var peers = new HashMap<String, Measurement.Source>();
        against.forEach(who -> peers.put(who.title(),
                runs.source(who, scene, measurement, figure)));
        alone(name, unit, scene, measurement, figure, peers, goal);
    }

    private void alone(String name, String unit, Scene scene, String measurement, String figure,
            Map<String, Measurement.Source> peers, Goal goal) {
        rows.add(new Measurement(name, unit, repetitions,
                runs.source(MACULA, scene, measurement, figure), peers, goal));
    }
}
