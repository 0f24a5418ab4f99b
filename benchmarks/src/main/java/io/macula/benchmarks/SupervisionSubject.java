package io.macula.benchmarks;

import static io.macula.benchmarks.compare.Goal.Better.LESS;
import static io.macula.benchmarks.compare.Goal.Better.MORE;

import io.macula.benchmarks.compare.Goal;
import io.macula.benchmarks.compare.JmhRun;
import io.macula.benchmarks.compare.Measurement;
import io.macula.benchmarks.compare.Measurement.Source;
import io.macula.benchmarks.compare.Otp;
import io.macula.benchmarks.supervision.CrashBenchmark;
import io.macula.benchmarks.supervision.DynamicBenchmark;
import io.macula.benchmarks.supervision.MemoryBenchmark;
import io.macula.benchmarks.supervision.MessageBenchmark;
import io.macula.benchmarks.supervision.StartBenchmark;
import io.macula.benchmarks.supervision.StopBenchmark;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.options.TimeValue;

/// Our supervisor beside OTP's.
final class SupervisionSubject {

    private static final int CHILDREN = 100_000;
    private static final int BULK = 50_000;
    private static final int ONE_BY_ONE = 10_000;
    private static final int CRASHES = 5_000;
    private static final int PINGS = 50_000;
    private static final String DIRECT = "direct";

    private final Effort effort;
    private final @Nullable Otp otp;

    private SupervisionSubject(Effort effort, @Nullable Otp otp) {
        this.effort = effort;
        this.otp = otp;
    }

    /// @param otp null when there is none to measure
    static List<Measurement> measurements(Effort effort, @Nullable Otp otp) {
        var subject = new SupervisionSubject(effort, otp);
        return List.of(
                subject.staticStart(), subject.bulkStart(), subject.startOneByOne(),
                subject.crash("p50", CrashBenchmark.P50,
                        Goal.atMost(30).times(1, Otp.NAME)),
                subject.crash("p99", CrashBenchmark.P99, Goal.none(LESS)),
                subject.crashFromOutside(), subject.orderedShutdown(), subject.memory(),
                subject.stableRef(), subject.pingPong());
    }

    private Measurement staticStart() {
        return row("static start of 100,000", "children/s",
                () -> CHILDREN * 1e3 / ours(StartBenchmark.class, "staticStart", CHILDREN),
                theirs(erlang -> perSecond(erlang, "start", CHILDREN)),
                Goal.atLeast(100_000).times(1, Otp.NAME));
    }

    private Measurement bulkStart() {
        return row("bulk start, dynamic", "children/s",
                () -> BULK * 1e3 / ours(DynamicBenchmark.class, "startChildren", BULK),
                theirs(erlang -> perSecond(erlang, "start_child", BULK)),
                Goal.atLeast(70_000));
    }

    private Measurement startOneByOne() {
        return row("start one by one, dynamic", "children/s",
                () -> ONE_BY_ONE * 1e3 / ours(DynamicBenchmark.class, "startChild", ONE_BY_ONE),
                theirs(erlang -> perSecond(erlang, "start_child", ONE_BY_ONE)), Goal.none(MORE));
    }

    private Measurement orderedShutdown() {
        return row("ordered shutdown of 100,000", "children/s",
                () -> CHILDREN * 1e3 / ours(StopBenchmark.class, "orderedShutdown", CHILDREN),
                theirs(erlang -> perSecond(erlang, "stop", CHILDREN)), Goal.none(MORE));
    }

    private Measurement crash(String percentile, String reading, Goal goal) {
        return row("crash to replacement, " + percentile, "us",
                () -> crashes("crashAndReplace", reading),
                theirs(erlang -> erlang.measure("crash", percentile, CRASHES, effort.warmup(),
                        effort.rounds())),
                goal);
    }

    private Measurement crashFromOutside() {
        return row("crash from a foreign thread, p50", "us",
                () -> crashes("crashFromOutside", CrashBenchmark.P50), Map.of(), Goal.none(LESS));
    }

    private double crashes(String method, String reading) {
        return JmhRun.of(CrashBenchmark.class, method, options -> options
                .param("crashes", String.valueOf(CRASHES))
                .warmupIterations(effort.warmup())
                .measurementIterations(effort.rounds())).reading(reading);
    }

    private Measurement memory() {
        return row("memory of an idle child", "bytes",
                () -> JmhRun.of(MemoryBenchmark.class, "idleChildren",
                        options -> options.param("children", String.valueOf(CHILDREN)))
                        .reading(MemoryBenchmark.BYTES),
                theirs(erlang -> erlang.measure("memory", "bytes", CHILDREN, 0, 1)),
                Goal.atMost(1800));
    }

    private Measurement stableRef() {
        return new Measurement("messages through a stable ref", "messages/s",
                effort.refRepetitions(), () -> messages(MessageBenchmark.By.STABLE),
                Map.of(DIRECT, () -> messages(MessageBenchmark.By.DIRECT)),
                Goal.none(MORE).times(0.9, DIRECT));
    }

    private Measurement pingPong() {
        return row("ping-pong with a child", "messages/s",
                () -> messages(MessageBenchmark.By.STABLE),
                theirs(erlang -> 2 * perSecond(erlang, "ping", PINGS)), Goal.none(MORE));
    }

    private double messages(MessageBenchmark.By by) {
        return JmhRun.of(MessageBenchmark.class, "pingPong", options -> options
                .param("by", by.name())
                .warmupTime(TimeValue.milliseconds(500))
                .measurementTime(TimeValue.milliseconds(500))).score();
    }

    private Measurement row(String name, String unit, Source ours, Map<String, Source> peers,
            Goal goal) {
        return new Measurement(name, unit, effort.repetitions(), ours, peers, goal);
    }

    private double ours(Class<?> type, String method, int children) {
        return JmhRun.of(type, method, options -> options
                .param("children", String.valueOf(children))
                .warmupIterations(effort.warmup())
                .measurementIterations(effort.rounds())).score();
    }

    private Map<String, Source> theirs(ToDoubleFunction<Otp> measured) {
        var erlang = otp;
        return erlang == null
                ? Map.of()
                : Map.of(Otp.NAME, () -> measured.applyAsDouble(erlang));
    }

    private double perSecond(Otp erlang, String task, int count) {
        return count * 1e3
                / erlang.measure(task, "millis", count, effort.warmup(), effort.rounds());
    }
}
