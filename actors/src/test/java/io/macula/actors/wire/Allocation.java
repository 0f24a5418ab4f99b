package io.macula.actors.wire;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// Measures what the current thread allocates.
final class Allocation {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    static long of(Runnable work) {
        var before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
