package io.macula.runtime.kept;

import io.macula.supervision.Child;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The children that shall run under a dynamic supervisor, by their ids. Belongs to the node, so that a
/// supervisor that was restarted, and forgot them, gets them again. Safe to use from any thread.
public final class KeptChildren {

    private final int childrenMax;
    private final Map<String, Child<?>> wanted = new ConcurrentHashMap<>();
    /// What the keeper has started, so that one which took the place of another of its id is told from it.
    private final Map<String, Child<?>> started = new ConcurrentHashMap<>();
    private volatile Runnable nudge = () -> {};

    public KeptChildren(int childrenMax) {
        this.childrenMax = childrenMax;
    }

    public int childrenMax() {
        return childrenMax;
    }

    /// From now on `look` runs when there is something to be done, on any thread.
    void nudging(Runnable look) {
        nudge = look;
    }

    /// False when there are too many, or there is one of that id.
    public synchronized boolean add(Child<?> child) {
        if (wanted.size() >= childrenMax || wanted.putIfAbsent(child.id(), child) != null) {
            return false;
        }
        nudge.run();
        return true;
    }

    /// It is stopped, and not started again; another of its id may be added at once.
    public synchronized void remove(String id) {
        wanted.remove(id);
        nudge.run();
    }

    /// It is being started.
    void starts(Child<?> child) {
        started.put(child.id(), child);
    }

    /// Whether the child that runs under this id is the one that is wanted.
    boolean isWanted(String id) {
        var child = wanted.get(id);
        return child != null && started.get(id) == child;
    }

    List<Child<?>> all() {
        return List.copyOf(wanted.values());
    }
}
