package io.macula.crdt;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The live entries of one slot, sorted by dot. Almost always there is one, and then it stands for
/// itself; several come from concurrent writers, or from the replicas of a counter.
sealed interface Siblings permits Entry, Siblings.Several {

    List<Entry> entries();

    /// Two or more.
    record Several(List<Entry> entries) implements Siblings {
        public Several {
            entries = List.copyOf(entries);
        }
    }

    default Siblings plus(Entry entry) {
        if (this instanceof Entry one && one.hasDot(entry)) {
            return entry;
        }
        var all = new ArrayList<Entry>(entries().size() + 1);
        entries().stream().filter(held -> !held.hasDot(entry)).forEach(all::add);
        all.add(entry);
        all.sort(Comparator.comparing(Entry::dot));
        return all.size() == 1 ? entry : new Several(all);
    }

    /// With `entry` in the place of `old`.
    default Siblings replacing(Entry old, Entry entry) {
        var rest = minus(old);
        return rest == null ? entry : rest.plus(entry);
    }

    default @Nullable Siblings minus(Entry entry) {
        if (this instanceof Entry one) {
            return one.hasDot(entry) ? null : one;
        }
        var rest = entries().stream().filter(held -> !held.hasDot(entry)).toList();
        return switch (rest.size()) {
            case 0 -> null;
            case 1 -> rest.getFirst();
            default -> new Several(rest);
        };
    }
}
