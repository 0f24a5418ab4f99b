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

    /// What reads differently in `after`, given the entries that came and went on the way.
    static List<Difference> between(Causal before, Causal after, List<Entry> added,
            List<Entry> removed) {
        if (added.size() == 1 && removed.isEmpty()) {
            return ofOne(before, after, added.getFirst());
        }
        var slots = slots(added, removed);
        var differences = new ArrayList<Difference>();
        for (var slot : slots) {
            var was = before.content().at(slot.path(), slot.slot(), 0);
            var is = after.content().at(slot.path(), slot.slot(), 0);
            at(slot, was, is).ifPresent(differences::add);
        }
        return differences;
    }

    /// Where one entry came into an empty slot, it is all there is: the slot is looked up once.
    private static List<Difference> ofOne(Causal before, Causal after, Entry added) {
        var slot = new Slot(added.path(), added.slot());
        var was = before.content().at(slot.path(), slot.slot(), 0);
        var is = was.isEmpty()
                ? List.of(added)
                : after.content().at(slot.path(), slot.slot(), 0);
        return at(slot, was, is).map(List::of).orElseGet(List::of);
    }

    /// Most steps of one change touch one slot: an entry comes in the place of another.
    private static Collection<Slot> slots(List<Entry> added, List<Entry> removed) {
        if (added.size() == 1 && removed.size() == 1) {
            var came = slot(added.getFirst());
            var went = slot(removed.getFirst());
            return came.equals(went) ? List.of(came) : List.of(came, went);
        }
        var slots = new LinkedHashSet<Slot>();
        added.forEach(entry -> slots.add(slot(entry)));
        removed.forEach(entry -> slots.add(slot(entry)));
        return slots;
    }

    private static Slot slot(Entry entry) {
        return new Slot(entry.path(), entry.slot());
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
