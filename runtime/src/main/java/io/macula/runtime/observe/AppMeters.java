package io.macula.runtime.observe;

import io.macula.actors.trace.Tracing;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;

/// The figures of all workloads of a node. No two workloads share a name: `app_a_b_c` belongs to the one
/// that had it first, while it is shown. Safe to use from any thread.
public final class AppMeters {

    private final Supplier<MeterRegistry> registry;
    private final Tracing tracing;
    private final Map<String, Holder> holders = new HashMap<>();
    private final LongAdder refused = new LongAdder();

    private record Holder(String workload, Meter meter) {}

    /// @param registry asked for when a workload has its first figure
    /// @param tracing begins the steps of workloads
    public AppMeters(Supplier<MeterRegistry> registry, Tracing tracing) {
        this.registry = registry;
        this.tracing = tracing;
    }

    /// What one life of a workload sees; to be closed at its end.
    public WorkloadObserve of(String workload) {
        return new WorkloadObserve(workload, this);
    }

    Tracing tracing() {
        return tracing;
    }

    /// Figures that found no room.
    public long refused() {
        return refused.sum();
    }

    void refuse() {
        refused.increment();
    }

    /// Shows a figure. One of an earlier life of the same workload gives way; empty when the name is another's.
    synchronized <M extends Meter> Optional<M> show(String workload, String name,
            Function<MeterRegistry, M> made) {
        var holder = holders.get(name);
        if (holder != null && !holder.workload().equals(workload)) {
            return Optional.empty();
        }
        if (holder != null) {
            hide(name, holder.meter());
        }
        try {
            var meter = made.apply(registry.get());
            holders.put(name, new Holder(workload, meter));
            return Optional.of(meter);
        } catch (IllegalArgumentException shownOtherwise) {
            return Optional.empty();
        }
    }

    /// Unless another life has taken the name since.
    synchronized void hide(String name, Meter meter) {
        var holder = holders.get(name);
        if (holder != null && holder.meter() == meter) {
            holders.remove(name);
            registry.get().remove(meter);
        }
    }
}
