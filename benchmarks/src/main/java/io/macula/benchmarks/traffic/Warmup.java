package io.macula.benchmarks.traffic;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/// Lasts until the processes of a run have had as much of the processors as time was given, and the
/// compiler of this one has had nearly nothing to do for [#QUIET_LOOKS] seconds: on a machine that others use too, it gets
/// its share late, it pauses before it begins with what has become hot, and what is measured before is the interpreter.
final class Warmup {

    /// How long something may go on before it asks whether that is enough.
    static final long SLICE_NANOS = 50_000_000;

    /// It ends after so many times its length, whatever happens.
    static final int TIMES_MAX = 6;

    private static final long LOOK_NANOS = 1_000_000_000;
    private static final long BUSY_MILLIS = 150;

    /// With one, a run in eight was measured at a fifth of what the others reached.
    private static final int QUIET_LOOKS = 3;

    private final @Nullable CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    private final Cpu cpu;
    private final long nanos;
    private final long from = System.nanoTime();
    private final double cpuBefore;
    private long lookedAt = from;
    private long compiledMillis = compiled();
    private int quietLooks;

    Warmup(Plan plan, Cpu cpu) {
        this.cpu = cpu;
        this.nanos = plan.warmupMillis() * 1_000_000;
        this.cpuBefore = cpu.seconds();
        this.quietLooks = compiler == null || nanos < LOOK_NANOS ? QUIET_LOOKS : 0;
    }

    boolean isOver() {
        var now = System.nanoTime();
        if (now - lookedAt >= LOOK_NANOS) {
            var compiled = compiled();
            var isQuiet = compiled - compiledMillis < BUSY_MILLIS * (now - lookedAt) / LOOK_NANOS;
            quietLooks = isQuiet ? quietLooks + 1 : 0;
            compiledMillis = compiled;
            lookedAt = now;
        }
        var elapsed = now - from;
        return elapsed >= nanos * TIMES_MAX || elapsed >= nanos
                && quietLooks >= QUIET_LOOKS
                && (cpu.seconds() - cpuBefore) * 1e9 >= nanos;
    }

    private long compiled() {
        return compiler == null ? 0 : compiler.getTotalCompilationTime();
    }
}
