package io.macula.it.linear;

import io.macula.app.coordination.Fence;
import java.util.Map;
import java.util.Objects;

/// What is written under each lock, and the same without a look at the fence, which has to show.
record Sinks(Map<String, Sink> fenced, Map<String, Sink> unfenced) {

    /// Of the locks that clients of a run take.
    static Sinks of(String run) {
        return new Sinks(Map.of(run + ".l0", Sink.fenced(), run + ".l1", Sink.fenced()),
                Map.of(run + ".l0", Sink.unfenced(), run + ".l1", Sink.unfenced()));
    }

    void write(String lock, Fence fence) {
        Objects.requireNonNull(fenced.get(lock)).write(fence);
        Objects.requireNonNull(unfenced.get(lock)).write(fence);
    }
}
