package io.macula.runtime.observe;

import io.macula.supervision.Event;
import io.macula.supervision.Occurrence;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;

/// Counts how often children were started again, and supervisors gave up, by the tree they are in: a supervisor
/// right below the root stands for everything in it. Safe to use from any thread.
public final class Restarts implements Consumer<Occurrence> {

    /// Trees that are counted each on its own.
    private static final int TREES_MAX = 100;

    private static final int DEPTH = 2;

    record OfTree(LongAdder restarts, LongAdder givenUp) {

        OfTree() {
            this(new LongAdder(), new LongAdder());
        }
    }

    private final Capped<OfTree> trees = new Capped<>(TREES_MAX, OfTree::new);

    @Override
    public void accept(Occurrence occurrence) {
        switch (occurrence.event()) {
            case Event.Started(_, var generation) -> {
                if (generation > 1) {
                    treeOf(occurrence).restarts().increment();
                }
            }
            case Event.GaveUp _ -> treeOf(occurrence).givenUp().increment();
            case Event.StartFailed _,Event.Ignored _,Event.Exited _,Event.Abandoned _ -> {
            }
        }
    }

    private OfTree treeOf(Occurrence occurrence) {
        var ids = occurrence.supervisor().ids();
        return trees.of(String.join("/", ids.subList(0, Math.min(DEPTH, ids.size()))));
    }

    public Map<String, Long> byTree() {
        return counted(OfTree::restarts);
    }

    public Map<String, Long> givenUpByTree() {
        return counted(OfTree::givenUp);
    }

    private Map<String, Long> counted(Function<OfTree, LongAdder> which) {
        var counts = new TreeMap<String, Long>();
        trees.all().forEach((tree, all) -> counts.put(tree, which.apply(all).sum()));
        return counts;
    }

    /// Of all trees together.
    public long total() {
        return trees.all().values().stream().mapToLong(tree -> tree.restarts().sum()).sum();
    }
}
