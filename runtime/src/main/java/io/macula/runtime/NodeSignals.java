package io.macula.runtime;

import io.macula.actors.http.Answer;
import io.macula.actors.trace.Tracing;
import io.macula.runtime.observe.AppMeters;
import io.macula.runtime.observe.Exposition;
import io.macula.runtime.observe.NodeMetrics;
import io.macula.runtime.observe.Restarts;
import io.macula.runtime.observe.Traffic;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What can be seen of a running node: counters that are always there, and what is made of them when somebody asks.
final class NodeSignals {

    private final Traffic traffic = new Traffic();
    private final NodeMetrics metrics = new NodeMetrics(traffic, System::nanoTime);
    private final Restarts restarts = new Restarts();
    private final AppMeters apps;
    private final AtomicReference<@Nullable Consumer<Exposition>> more = new AtomicReference<>();
    private @Nullable Exposition exposition;

    NodeSignals(Tracing tracing) {
        this.apps = new AppMeters(() -> exposition().registry(), tracing);
    }

    /// The node runs: these are its other figures.
    void runs(Consumer<Exposition> figures) {
        more.set(figures);
    }

    /// Made at the first look, because most nodes of tools end before there is one.
    synchronized Exposition exposition() {
        var made = exposition;
        if (made == null) {
            made = new Exposition(traffic);
            var figures = more.get();
            if (figures != null) {
                figures.accept(made);
            }
            exposition = made;
        }
        return made;
    }

    /// What is answered at `/metrics`.
    Answer page() {
        return more.get() == null
                ? Answer.Json.error(503, "this node is starting")
                : exposition().page();
    }

    Traffic traffic() {
        return traffic;
    }

    NodeMetrics metrics() {
        return metrics;
    }

    Restarts restarts() {
        return restarts;
    }

    AppMeters apps() {
        return apps;
    }

    synchronized void close() {
        if (exposition != null) {
            exposition.close();
        }
    }
}
