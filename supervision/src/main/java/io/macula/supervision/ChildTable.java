package io.macula.supervision;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// The children a supervisor knows, in start order.
final class ChildTable implements Iterable<Cell> {

    /// Longer than two timers of the same instant are apart.
    private static final long DUE_NANOS = 20_000_000;

    private final Map<String, Cell> cells = new LinkedHashMap<>();
    private long orderNext;

    Cell add(Child<?> child) {
        var cell = new Cell(child, orderNext++);
        cells.put(child.id(), cell);
        return cell;
    }

    /// False when `cell` is not, or no longer, in the table.
    boolean remove(Cell cell) {
        return cells.remove(cell.id(), cell);
    }

    boolean has(Cell cell) {
        return cells.get(cell.id()) == cell;
    }

    @Nullable
    Cell find(String id) {
        return cells.get(id);
    }

    /// Linear in the number of children.
    @Nullable
    Cell find(ActorRef<?> ref) {
        for (var cell : cells.values()) {
            if (ref.equals(cell.ref)) {
                return cell;
            }
        }
        return null;
    }

    int size() {
        return cells.size();
    }

    @Override
    public Iterator<Cell> iterator() {
        return cells.values().iterator();
    }

    List<Cell> inOrder() {
        return List.copyOf(cells.values());
    }

    /// Those that restart together when `dead` does, in start order.
    List<Cell> group(Strategy strategy, Cell dead) {
        return switch (strategy) {
            case ONE_FOR_ONE, DYNAMIC -> List.of(dead);
            case ONE_FOR_ALL -> inOrder();
            case REST_FOR_ONE -> among(cells.values(), dead.order);
        };
    }

    private static List<Cell> among(Collection<Cell> all, long from) {
        return all.stream().filter(cell -> cell.order >= from).toList();
    }

    /// Nanoseconds until the last of the waiting attempts that concern `cell` in a supervisor of groups, 0
    /// when there is none: each does, for of two children one always restarts with the other. An attempt of
    /// an earlier child that is due right now comes first, for `cell` restarts with it.
    long longestWait(Cell cell, long now) {
        long longest = 0;
        for (var other : this) {
            if (other != cell && other.state == ChildState.RESTARTING) {
                long least = other.order < cell.order ? DUE_NANOS : 0;
                longest = Math.max(longest, Math.max(other.waitsUntil - now, least));
            }
        }
        return longest;
    }

    /// Whether every significant child is down.
    boolean significantAreDown() {
        return cells.values()
                .stream()
                .noneMatch(cell -> cell.child.significant() && cell.state != ChildState.DOWN);
    }

    /// Newest first.
    List<ChildInfo> infos() {
        return inOrder().reversed().stream().map(Cell::info).toList();
    }

    ChildCounts counts() {
        int active = 0;
        int supervisors = 0;
        for (var cell : this) {
            active += cell.isActive() ? 1 : 0;
            supervisors += cell.child.isSupervisor() ? 1 : 0;
        }
        return new ChildCounts(size(), active, supervisors, size() - supervisors);
    }
}
