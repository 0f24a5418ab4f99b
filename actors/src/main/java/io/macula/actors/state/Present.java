package io.macula.actors.state;

import io.macula.crdt.BoundedCounter;
import io.macula.crdt.Bytes;
import io.macula.crdt.Crdt;
import io.macula.crdt.Difference;
import io.macula.crdt.GCounter;
import io.macula.crdt.LwwMap;
import io.macula.crdt.LwwRegister;
import io.macula.crdt.OrMap;
import io.macula.crdt.OrSet;
import io.macula.crdt.PnCounter;
import java.util.ArrayList;
import java.util.List;

/// What is there now, told as if it had just come into being.
final class Present {

    private final List<Difference> differences = new ArrayList<>();

    private Present() {}

    /// The differences between nothing and all of `root` that the interest is about.
    static List<Difference> of(OrMap root, Interest interest) {
        var present = new Present();
        switch (interest) {
            case Interest.InKey(var key) -> present.field(root, key);
            case Interest.InPrefix _ -> root.names()
                    .stream()
                    .filter(interest::wants)
                    .forEach(name -> present.field(root, name));
        }
        return present.differences;
    }

    private void field(OrMap map, Bytes name) {
        map.types(name).forEach(type -> value(map.get(name, type)));
    }

    private void value(Crdt<?> value) {
        var path = value.path();
        switch (value) {
            case OrSet set -> set.elements()
                    .forEach(element -> differences.add(new Difference.Added(path, element)));
            case LwwRegister register -> register.value()
                    .ifPresent(content -> differences
                            .add(new Difference.Assigned(path, Bytes.EMPTY, content)));
            case LwwMap fields -> fields.asMap()
                    .forEach((field, content) -> differences
                            .add(new Difference.Assigned(path, field, content)));
            case GCounter counter -> counted(new Difference.Counted(path, counter.value()));
            case PnCounter counter -> counted(new Difference.Counted(path, counter.value()));
            case BoundedCounter counter -> counted(new Difference.Counted(path, counter.value()));
            case OrMap map -> map.names().forEach(name -> field(map, name));
        }
    }

    private void counted(Difference.Counted total) {
        differences.add(total);
    }
}
