package io.macula.runtime.global;

import io.macula.crdt.Edit;
import io.macula.crdt.OrMap;
import io.macula.crdt.ReplicaId;
import io.macula.crdt.Stamp;
import io.macula.crdt.Tick;
import java.util.List;

/// One copy of shared state, for tests: edits are made here, and other copies merged in.
final class Replica {

    private final ReplicaId id;
    private OrMap root = OrMap.EMPTY;
    private long made;

    Replica(long number) {
        this.id = ReplicaId.of(number);
    }

    OrMap root() {
        return root;
    }

    /// All or nothing.
    void make(List<Edit> edits) {
        var next = root;
        for (var edit : edits) {
            made++;
            var delta = edit.apply(next, new Tick(id.dot(made), Stamp.of(1_000 + made, 0)));
            next = next.merge(delta instanceof OrMap map && map.path().equals(next.path())
                    ? map
                    : next.of(delta));
        }
        root = next;
    }

    void merge(Replica other) {
        root = root.merge(other.root);
    }
}
