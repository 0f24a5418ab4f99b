package io.macula.crdt;

import java.util.List;
import java.util.stream.Stream;

/// Where a value stands: the names and types from the outermost map inwards; empty for a value
/// that stands alone.
public record Path(List<Step> steps) {

    public static final Path ROOT = new Path(List.of());

    /// Deepest nesting of maps that is accepted.
    public static final int DEPTH_MAX = 8;

    public Path {
        steps = List.copyOf(steps);
        if (steps.size() > DEPTH_MAX) {
            throw new IllegalArgumentException("maps nest at most " + DEPTH_MAX + " deep");
        }
        for (int i = 0; i < steps.size() - 1; i++) {
            if (steps.get(i).type() != Type.OR_MAP) {
                throw new IllegalArgumentException("only an OR_MAP holds other values");
            }
        }
    }

    /// One level: a name in a map and the type of the value there.
    public record Step(Bytes name, Type type) {}

    public static Path of(Step... steps) {
        return new Path(List.of(steps));
    }

    public Path child(Step step) {
        return steps.isEmpty()
                ? new Path(List.of(step))
                : new Path(Stream.concat(steps.stream(), Stream.of(step)).toList());
    }

    public int depth() {
        return steps.size();
    }

    public boolean startsWith(Path prefix) {
        return prefix.steps.isEmpty() || prefix.depth() <= depth()
                && steps.subList(0, prefix.depth()).equals(prefix.steps);
    }

    Mixer mixInto(Mixer mixer) {
        for (var step : steps) {
            step.name().mixInto(mixer.mix(step.type().code()));
        }
        return mixer.mix(steps.size());
    }
}
