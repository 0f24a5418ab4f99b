package io.macula.it.linear;

import io.macula.app.coordination.Fence;
import io.macula.app.coordination.FenceGate;
import java.util.ArrayList;
import java.util.List;

/// A resource that is written under a lock, with or without a look at the fence. Remembers under which
/// fence each write came that it let pass.
final class Sink {

    private final FenceGate gate = FenceGate.open();
    private final boolean checks;
    private final List<Long> written = new ArrayList<>();

    private Sink(boolean checks) {
        this.checks = checks;
    }

    static Sink fenced() {
        return new Sink(true);
    }

    static Sink unfenced() {
        return new Sink(false);
    }

    synchronized boolean write(Fence fence) {
        boolean passes = !checks || gate.admits(fence);
        if (passes) {
            written.add(fence.value());
        }
        return passes;
    }

    /// How often a write of an older holder came after one of a newer.
    synchronized int violations() {
        int violations = 0;
        for (int i = 1; i < written.size(); i++) {
            violations += written.get(i) < written.get(i - 1) ? 1 : 0;
        }
        return violations;
    }
}
