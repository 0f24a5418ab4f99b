package io.macula.supervision;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// One supervisor's place in a tree: the slots of its children, its recent events, and its current
/// actor. Readable from any thread; it outlives the supervisor's incarnations.
final class Branch {

    static final int EVENTS_MAX = 64;

    private final Tree tree;
    private final TreePath path;
    private final Map<String, Slot> slots = new ConcurrentHashMap<>();
    private final Deque<Occurrence> events = new ArrayDeque<>();
    private volatile @Nullable Running running;

    /// The supervisor that lives here now.
    record Running(ActorRef<Supervisor.Command> self, Spec spec, Window window, Instant since) {}

    Branch(Tree tree, TreePath path) {
        this.tree = tree;
        this.path = path;
    }

    TreePath path() {
        return path;
    }

    /// The place of `id`, made when nobody has asked for it yet.
    Slot slot(String id) {
        return slots.computeIfAbsent(id, fresh -> new Slot(tree, path, fresh));
    }

    @Nullable
    Slot find(String id) {
        return slots.get(id);
    }

    void remove(String id) {
        var slot = slots.remove(id);
        if (slot != null) {
            slot.release();
        }
    }

    void release() {
        slots.values().forEach(Slot::release);
        slots.clear();
    }

    /// A new incarnation lives here; what its predecessor had added at run time is forgotten.
    void runs(Running supervisor) {
        running = supervisor;
        var kept = new HashSet<String>();
        supervisor.spec().children().forEach(child -> kept.add(child.id()));
        for (var slot : slots()) {
            if (slot.cell() != null && !kept.contains(slot.id)) {
                remove(slot.id);
            }
            slot.show(null);
        }
    }

    @Nullable
    Running running() {
        return running;
    }

    /// How many restarts of the current supervisor count now.
    int restarts() {
        var current = running;
        return current == null ? 0 : current.window().count(tree.nanos());
    }

    /// All places, also those that somebody only asked for.
    List<Slot> slots() {
        return List.copyOf(slots.values());
    }

    void report(Event event) {
        var occurrence = new Occurrence(Instant.now(), path, event);
        synchronized (events) {
            if (events.size() == EVENTS_MAX) {
                events.removeFirst();
            }
            events.addLast(occurrence);
        }
        tree.report(occurrence);
    }

    /// The last [#EVENTS_MAX] events, oldest first.
    List<Occurrence> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }
}
