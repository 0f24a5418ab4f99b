package io.macula.benchmarks.traffic;

import io.macula.benchmarks.traffic.Note.Kind;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Sends the messages of a run and measures. Each measurement warms up first.
final class Speaker {

    private static final long SECOND = 1_000_000_000L;
    private static final long MINUTE = 60 * SECOND;
    private static final long STALL_NANOS = 5 * SECOND;
    private static final long MEET_NANOS = 40 * SECOND;
    private static final int AT_ONCE = 64;

    private final Carrier carrier;
    private final Plan plan;
    private final Cpu cpu;
    private final AtomicLongArray acknowledged;
    private final AtomicLongArray greeted;
    private final BlockingQueue<byte[]> results = new LinkedBlockingQueue<>();
    private volatile @Nullable Thread publisher;

    /// The longest time in which the slowest subscriber said nothing new.
    private long gapNanos;

    Speaker(Carrier carrier, Plan plan, Cpu cpu) {
        this.carrier = carrier;
        this.plan = plan;
        this.cpu = cpu;
        this.acknowledged = new AtomicLongArray(plan.subscribers());
        this.greeted = new AtomicLongArray(plan.subscribers());
    }

    /// Connects, and waits until every subscriber has answered on the way that is to be measured.
    void meet() throws Exception {
        carrier.speak(this::answered);
        var until = System.nanoTime() + MEET_NANOS;
        while (least(greeted) == 0 || !carrier.isSettled()) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("not every subscriber answered, or not directly");
            }
            carrier.publish(note(Kind.HELLO));
            TimeUnit.MILLISECONDS.sleep(100);
        }
        TimeUnit.MILLISECONDS.sleep(300);
    }

    private void answered(byte[] note) {
        switch (Note.kind(note)) {
            case HELLO -> greeted.incrementAndGet(Note.number(note));
            case COUNTED -> {
                acknowledged.set(Note.number(note), Note.value(note));
                LockSupport.unpark(publisher);
            }
            case RESULT -> results.add(note);
            case DATA, TIMED, CALL, END -> throw new IllegalArgumentException("said by us only");
        }
    }

    private byte[] note(Kind kind, long... values) {
        return Note.of(kind, 0, plan.payloadBytes(), values);
    }

    private static long least(AtomicLongArray array) {
        var least = Long.MAX_VALUE;
        for (int i = 0; i < array.length(); i++) {
            least = Math.min(least, array.get(i));
        }
        return least;
    }

    /// As many messages as go through.
    Map<String, Double> throughput() throws InterruptedException {
        for (int i = 0; i < acknowledged.length(); i++) {
            acknowledged.set(i, 0);
        }
        publisher = Thread.currentThread();
        var warmup = new Warmup(plan, cpu);
        var sent = 0L;
        while (!warmup.isOver()) {
            sent = flood(sent, System.nanoTime() + Warmup.SLICE_NANOS);
        }
        var before = least(acknowledged);
        var cpuBefore = cpu.seconds();
        var from = System.nanoTime();
        gapNanos = 0;
        sent = flood(sent, from + plan.measuredMillis() * 1_000_000);
        var gap = gapNanos;
        var delivered = (least(acknowledged) - before) * plan.subscribers();
        var seconds = (System.nanoTime() - from) / 1e9;
        var cpuSeconds = cpu.seconds() - cpuBefore;
        var figures = end(sent);
        figures.put("rate", delivered / seconds);
        figures.put("cpu", cpuSeconds * 1e6 / Math.max(1, delivered));
        figures.put("gap", gap / 1e6);
        return figures;
    }

    /// Publishes until then; never more than a window ahead of the slowest subscriber.
    private long flood(long sentBefore, long until) {
        var note = note(Kind.DATA);
        var sent = sentBefore;
        var seen = least(acknowledged);
        var seenAt = System.nanoTime();
        for (var now = seenAt; now < until; now = System.nanoTime()) {
            var least = least(acknowledged);
            if (least > seen) {
                gapNanos = Math.max(gapNanos, now - seenAt);
                seen = least;
                seenAt = now;
            } else if (now - seenAt > STALL_NANOS) {
                throw new IllegalStateException("nothing came through any more: sent " + sent
                        + ", heard of " + least);
            }
            var room = Math.min(AT_ONCE, Plan.WINDOW - (sent - least));
            if (room <= 0) {
                LockSupport.parkNanos(1_000_000);
            } else {
                sent += publish(note, room);
            }
        }
        return sent;
    }

    private int publish(byte[] note, long room) {
        for (int i = 0; i < room; i++) {
            if (!carrier.publish(note)) {
                LockSupport.parkNanos(100_000);
                return i;
            }
        }
        return (int) room;
    }

    /// One publish every so often, however long the one before takes.
    Map<String, Double> timed(int perSecond) throws InterruptedException {
        var period = SECOND / perSecond;
        var warmup = new Warmup(plan, cpu);
        var sent = 0L;
        while (!warmup.isOver()) {
            var begun = System.nanoTime();
            sent += pace(begun, begun + Warmup.SLICE_NANOS, period, false);
        }
        var cpuBefore = cpu.seconds();
        var from = System.nanoTime();
        var measured = pace(from, from + plan.measuredMillis() * 1_000_000, period, true);
        var seconds = (System.nanoTime() - from) / 1e9;
        var cpuSeconds = cpu.seconds() - cpuBefore;
        var figures = end(sent + measured);
        figures.put("rate", measured / seconds);
        figures.put("cpu", cpuSeconds * 1e6 / Math.max(1, measured));
        return figures;
    }

    /// A message says when it was sent; when that is late by more than the clock's own grain, when it
    /// should have been.
    private long pace(long from, long until, long period, boolean counts) {
        var grain = 250_000;
        var next = from;
        var sent = 0L;
        for (var now = from; now < until; now = System.nanoTime()) {
            if (now < next) {
                LockSupport.parkNanos(next - now);
            } else {
                var stamp = now - next < grain ? now : next;
                if (carrier.publish(note(Kind.TIMED, counts ? stamp : 0))) {
                    sent++;
                    next += period;
                }
            }
        }
        return sent;
    }

    /// Asks every subscriber how many it has; what is missing is lost.
    private Map<String, Double> end(long sent) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(300);
        results.clear();
        while (!carrier.publish(note(Kind.END))) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        var figures = new TreeMap<String, Double>();
        var lost = 0L;
        for (int i = 0; i < plan.subscribers(); i++) {
            var result = results.poll(10, TimeUnit.SECONDS);
            if (result == null) {
                throw new IllegalStateException("a subscriber did not say what it has heard");
            }
            lost += sent - Note.value(result);
            if (Note.number(result) == 0) {
                figures.put("p50", Note.value(result, 1) / 1e3);
                figures.put("p99", Note.value(result, 2) / 1e3);
                figures.put("p999", Note.value(result, 3) / 1e3);
                figures.put("max", Note.value(result, 4) / 1e3);
            }
        }
        figures.put("lost", (double) lost);
        return figures;
    }

    /// Calls, so many under way at any time.
    Map<String, Double> calls(int outstanding) throws InterruptedException {
        var rounds = new Rounds(outstanding);
        for (int i = 0; i < outstanding; i++) {
            rounds.next();
        }
        var warmup = new Warmup(plan, cpu);
        while (!warmup.isOver()) {
            TimeUnit.NANOSECONDS.sleep(Warmup.SLICE_NANOS);
        }
        var cpuBefore = cpu.seconds();
        rounds.measure(plan.measuredMillis() * 1_000_000);
        TimeUnit.MILLISECONDS.sleep(plan.measuredMillis());
        var cpuSeconds = cpu.seconds() - cpuBefore;
        if (!rounds.ended.await(15, TimeUnit.SECONDS)) {
            throw new IllegalStateException(rounds.ended.getCount() + " calls were never answered");
        }
        return rounds.figures(cpuSeconds);
    }

    /// Each answer makes the next call.
    private final class Rounds {

        private volatile long from = Long.MAX_VALUE;
        private volatile long until = Long.MAX_VALUE;
        private final CountDownLatch ended;
        private final Histogram times = new ConcurrentHistogram(MINUTE, 3);
        private final AtomicLong failures = new AtomicLong();

        Rounds(int outstanding) {
            this.ended = new CountDownLatch(outstanding);
        }

        /// What begins from now on counts, for so long.
        void measure(long nanos) {
            var now = System.nanoTime();
            until = now + nanos;
            from = now;
        }

        void next() {
            var begun = System.nanoTime();
            if (begun >= until) {
                ended.countDown();
                return;
            }
            carrier.call(note(Kind.CALL), () -> {
                if (begun >= from) {
                    times.recordValue(System.nanoTime() - begun);
                }
                next();
            }, () -> {
                failures.incrementAndGet();
                next();
            });
        }

        Map<String, Double> figures(double cpuSeconds) {
            var count = times.getTotalCount();
            var figures = new TreeMap<String, Double>();
            figures.put("rate", count * 1e3 / plan.measuredMillis());
            figures.put("cpu", cpuSeconds * 1e6 / Math.max(1, count));
            figures.put("p50", times.getValueAtPercentile(50) / 1e3);
            figures.put("p99", times.getValueAtPercentile(99) / 1e3);
            figures.put("p999", times.getValueAtPercentile(99.9) / 1e3);
            figures.put("max", times.getMaxValue() / 1e3);
            figures.put("lost", (double) failures.get());
            return figures;
        }
    }
}
