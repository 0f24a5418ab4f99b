package io.macula.supervision.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;

/// The platform threads of one lab: its own, and those that code under test has started from them,
/// which the JVM puts into the same group. Virtual threads and those of shared pools are not seen.
final class LabThreads {

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final ThreadGroup group = new ThreadGroup("lab-" + NUMBERS.incrementAndGet());

    ThreadGroup group() {
        return group;
    }

    /// Ends `system`, which runs on these threads; what is left behind, in sentences.
    List<String> end(ActorSystem<?> system) {
        ActorTestKit.shutdown(system, GRACE, false);
        return left();
    }

    /// What still runs a moment after it should have ended, in sentences.
    private List<String> left() {
        var until = System.nanoTime() + GRACE.toNanos();
        while (true) {
            var left = foreign();
            if (left.isEmpty() || System.nanoTime() > until) {
                return left.stream().map(LabThreads::sentence).toList();
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private List<Thread> foreign() {
        var all = new Thread[group.activeCount() + 16];
        var found = group.enumerate(all);
        var own = group.getName() + "-";
        return Arrays.stream(all, 0, found)
                .filter(thread -> thread.isAlive() && !thread.getName().startsWith(own))
                .toList();
    }

    private static String sentence(Thread thread) {
        return "the thread '" + thread.getName() + "' still runs" + at(List.of(
                thread.getStackTrace()));
    }

    /// Where a stack is, for people: its uppermost frames.
    static String at(List<StackTraceElement> stack) {
        var lines = new ArrayList<String>();
        stack.stream().limit(8).forEach(frame -> lines.add("\n      at " + frame));
        return lines.isEmpty() ? "" : String.join("", lines);
    }
}
