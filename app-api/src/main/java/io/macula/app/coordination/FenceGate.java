package io.macula.app.coordination;

import java.util.concurrent.atomic.AtomicLong;

/// What a resource asks before it lets a holder write: admits a fence unless a newer one was
/// admitted before.
///
/// One gate guards one resource and lives where the resource lives; it forgets with the process, so a
/// resource on disk keeps the highest fence beside its content and starts the gate from it. The gate
/// and the write that follows must be one step to anyone else who writes, for example by one thread.
/// Without a gate a lock only saves work, it does not exclude.
public final class FenceGate {

    private final AtomicLong highest;

    private FenceGate(long highest) {
        this.highest = new AtomicLong(highest);
    }

    /// A gate that has seen nothing.
    public static FenceGate open() {
        return new FenceGate(0);
    }

    /// A gate that has admitted `seen` before.
    public static FenceGate from(Fence seen) {
        return new FenceGate(seen.value());
    }

    /// Whether a write under `fence` may happen: nothing newer was admitted. The same fence may
    /// pass as often as its holder writes.
    public boolean admits(Fence fence) {
        return highest.accumulateAndGet(fence.value(), Math::max) == fence.value();
    }
}
