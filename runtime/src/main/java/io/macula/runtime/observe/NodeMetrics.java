package io.macula.runtime.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// The figures of a node as a page or a terminal shows them: how much there is just now, how long it takes, and what
/// there is most of. To ask costs some microseconds and asks no process. Safe to use from any thread.
public final class NodeMetrics {

    /// Names in a list of those that occur most.
    public static final int TOP_MAX = 10;

    /// What happened until now, and in the last seconds.
    ///
    /// @param window what "just now" means: up to 10 s, less after the start
    /// @param published messages this node's code published
    /// @param consumed messages its handlers had
    /// @param called calls it made
    /// @param served requests it answered
    /// @param topTopics of those published or consumed here, most first, at most [#TOP_MAX]
    /// @param topProcedures of those called or served here
    public record Snapshot(Instant at, Duration window, Flow published, Flow consumed, Flow called,
            Flow served, List<Top> topTopics, List<Top> topProcedures) {

        public Snapshot {
            topTopics = List.copyOf(topTopics);
            topProcedures = List.copyOf(topProcedures);
        }

        /// The share of what was done in the window that failed, from 0 to 1; 0 when nothing was done.
        public double errorRatio() {
            var all = flows().mapToDouble(Flow::perSecond).sum();
            return all == 0 ? 0 : flows().mapToDouble(Flow::failedPerSecond).sum() / all;
        }

        private Stream<Flow> flows() {
            return Stream.of(published, consumed, called, served);
        }
    }

    /// One kind of work.
    ///
    /// @param total since the node started, what failed included
    /// @param failed of these
    /// @param perSecond in the window, what failed included
    /// @param latency in the window; of a publish, until it is on its way
    public record Flow(long total, long failed, double perSecond, double failedPerSecond,
            Latency latency) {}

    /// The times that half, 95 % and 99 % stayed below; zero when there was none.
    public record Latency(Duration p50, Duration p95, Duration p99) {}

    /// One name and how often it occurred.
    ///
    /// @param name `_OTHER` stands for all that found no room in the table
    public record Top(String name, double perSecond, long total) {}

    private final Traffic traffic;
    private final LongSupplier nanoClock;
    private final Recent recent;

    /// @param nanoClock such as [System#nanoTime()]
    public NodeMetrics(Traffic traffic, LongSupplier nanoClock) {
        this.traffic = traffic;
        this.nanoClock = nanoClock;
        this.recent = new Recent(sample());
    }

    private Recent.Sample sample() {
        return Recent.Sample.of(traffic, nanoClock.getAsLong());
    }

    /// A second went by. Topics that did not occur in the whole window make room for others when the table is full.
    public void tick() {
        var now = sample();
        synchronized (recent) {
            if (now.topics().size() > Traffic.TOPICS_MAX) {
                var before = recent.oldest().topics();
                now.topics().forEach((name, messages) -> {
                    if (messages.equals(before.get(name)) && !name.equals(Capped.OTHERS)) {
                        traffic.topics().forget(name);
                    }
                });
            }
            recent.add(now);
        }
    }

    public Snapshot snapshot() {
        var now = sample();
        Recent.Sample before;
        synchronized (recent) {
            before = recent.oldest();
        }
        var window = Math.max(1, now.nanos() - before.nanos());
        var seconds = window / 1e9;
        return new Snapshot(Instant.now(), Duration.ofNanos(window),
                flow(now.published(), before.published(), seconds),
                flow(now.handled(), before.handled(), seconds),
                flow(now.called(), before.called(), seconds),
                flow(now.served(), before.served(), seconds),
                top(now.topics(), before.topics(), seconds),
                top(now.procedures(), before.procedures(), seconds));
    }

    private static Flow flow(Tally now, Tally before, double seconds) {
        var fresh = now.all().since(before.all());
        var failed = Math.max(0, now.failed() - before.failed());
        return new Flow(now.all().count(), now.failed(), fresh.count() / seconds, failed / seconds,
                new Latency(fresh.quantile(0.5), fresh.quantile(0.95), fresh.quantile(0.99)));
    }

    /// A name that was forgotten and came again counts from zero.
    private static List<Top> top(Map<String, Long> now, Map<String, Long> before, double seconds) {
        return now.entrySet()
                .stream()
                .map(each -> {
                    var earlier = before.getOrDefault(each.getKey(), 0L);
                    var fresh = each.getValue() - (earlier > each.getValue() ? 0 : earlier);
                    return new Top(each.getKey(), fresh / seconds, each.getValue());
                })
                .filter(top -> top.total() > 0)
                .sorted(Comparator.comparingDouble(Top::perSecond)
                        .thenComparingLong(Top::total)
                        .reversed()
                        .thenComparing(Top::name))
                .limit(TOP_MAX)
                .toList();
    }
}
