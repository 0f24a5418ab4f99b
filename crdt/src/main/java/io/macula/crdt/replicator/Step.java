package io.macula.crdt.replicator;

import java.util.List;

/// What one event led to.
public record Step(Replicator next, List<Effect> effects) {

    public Step {
        effects = List.copyOf(effects);
    }
}
