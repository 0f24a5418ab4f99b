package io.macula.benchmarks.traffic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// What the compiler threads of another JVM take, by what the kernel says of its threads (proc(5), stat).
///
/// @param tasks a folder for each thread of the process
record Compiling(Path tasks) {

    /// With less than this in a second there is nearly nothing left to compile.
    private static final long BUSY_MILLIS = 20;

    /// So many quiet looks, a second apart, make it quiet: it pauses before it begins with what has become hot.
    static final int QUIET_LOOKS = 10;

    private static final long MILLIS_PER_TICK = 10;

    /// The 14th and 15th of a line, counted behind the name in brackets, which may hold spaces.
    private static final int USER_AT = 11;

    static Compiling of(long pid) {
        return new Compiling(Path.of("/proc", Long.toString(pid), "task"));
    }

    /// Waits until the compiler has been quiet for a while, and no longer than `most`.
    ///
    /// @return whether it is quiet
    boolean awaitQuiet(Duration most) throws InterruptedException {
        var quiet = 0;
        var before = millis();
        for (var second = 0; second < most.toSeconds() && quiet < QUIET_LOOKS; second++) {
            TimeUnit.SECONDS.sleep(1);
            var now = millis();
            quiet = now - before < BUSY_MILLIS ? quiet + 1 : 0;
            before = now;
        }
        return quiet >= QUIET_LOOKS;
    }

    /// Processor time of all compiler threads there are.
    long millis() {
        try (var threads = Files.list(tasks)) {
            return threads.mapToLong(Compiling::millisOf).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long millisOf(Path thread) {
        try {
            var name = Files.readString(thread.resolve("comm"));
            return name.startsWith("C1 Compiler") || name.startsWith("C2 Compiler")
                    ? ticks(Files.readString(thread.resolve("stat"))) * MILLIS_PER_TICK
                    : 0;
        } catch (IOException ended) {
            return 0; // between the list and the look, or while it was read
        }
    }

    private static long ticks(String stat) {
        var words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(words[USER_AT]) + Long.parseLong(words[USER_AT + 1]);
    }
}
