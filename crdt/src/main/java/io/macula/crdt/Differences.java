package io.macula.crdt;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// Finds what reads differently after a step.
final class Differences {

    private Differences() {}

    private record Slot(Path path, Bytes slot) {}

    /// What reads differently in `after`, given the entries that were touched on the way.
    static List<Difference> between(Causal before, Causal after, List<Entry> touched) {
        var slots = slots(touched);
        var differences = new ArrayList<Difference>();
        for (var slot : slots) {
            var was = before.content().at(slot.path(), slot.slot(), 0);
            var is = after.content().at(slot.path(), slot.slot(), 0);
            at(slot, was, is).ifPresent(differences::add);
        }
        return differences;
    }

    /// Most steps touch one slot: an entry comes in the place of another.
    private static Collection<Slot> slots(List<Entry> touched) {
        if (touched.isEmpty()) {
            return List.of();
        }
        var first = new Slot(touched.getFirst().path(), touched.getFirst().slot());
        var slots = new LinkedHashSet<Slot>();
        for (var entry : touched) {
            if (!entry.path().equals(first.path()) || !entry.slot().equals(first.slot())) {
                slots.add(first);
                slots.add(new Slot(entry.path(), entry.slot()));
            }
        }
        return slots.isEmpty() ? List.of(first) : slots;
    }

    private static Optional<Difference> at(Slot slot, List<Entry> was, List<Entry> is) {
        return switch (slot.path().steps().getLast().type()) {
            case OR_SET -> inSet(slot, was, is);
            case LWW_REGISTER, LWW_MAP -> inRegister(slot, was, is);
            case G_COUNTER, PN_COUNTER, BOUNDED_COUNTER -> inCounter(slot, was, is);
            case OR_MAP -> Optional.empty();
        };
    }

    private static Optional<Difference> inSet(Slot slot, List<Entry> was, List<Entry> is) {
        if (was.isEmpty() == is.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(was.isEmpty()
                ? new Difference.Added(slot.path(), slot.slot())
                : new Difference.Removed(slot.path(), slot.slot()));
    }

    private static Optional<Difference> inRegister(Slot slot, List<Entry> was, List<Entry> is) {
        var value = Lww.winner(is).map(Leaf.Assigned::value);
        if (value.equals(Lww.winner(was).map(Leaf.Assigned::value))) {
            return Optional.empty();
        }
        return Optional.of(
                value.<Difference>map(to -> new Difference.Assigned(slot.path(), slot.slot(), to))
                        .orElseGet(() -> new Difference.Cleared(slot.path(), slot.slot())));
    }

    private static Optional<Difference> inCounter(Slot slot, List<Entry> was, List<Entry> is) {
        var total = Tallies.total(is);
        return total == Tallies.total(was)
                ? Optional.empty()
                : Optional.of(new Difference.Counted(slot.path(), total));
    }
}
