package io.macula.supervision.testkit;

import io.macula.supervision.AutoShutdown;
import io.macula.supervision.ChildState;
import io.macula.supervision.Event;
import io.macula.supervision.Node;
import io.macula.supervision.Restart;
import io.macula.supervision.Spec;
import io.macula.supervision.Strategy;
import io.macula.supervision.TreePath;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is true of every supervision tree.
public final class Invariants {

    /// In real time, between a restart that counts and the report of it.
    private static final Duration REPORT_DELAY = Duration.ofMillis(100);

    private Invariants() {}

    /// All of them.
    public static List<Invariant> all() {
        return List.of(everyPermanentChildRuns(), restartsWithinIntensity(),
                stopOrderIsReverseOfStart(), noMessageToADeadRef());
    }

    /// After quiet every permanent child of a supervisor that runs, runs; and a tree has ended only by
    /// giving up or by auto-shutdown.
    public static Invariant everyPermanentChildRuns() {
        return Invariant.afterQuiet("after quiet every permanent child runs", seen -> {
            var wrong = new ArrayList<>(seen.wrongEnds());
            Nodes.walk(seen.trees(), (path, node) -> {
                if (node.isSupervisor() && node.state() == ChildState.RUNNING) {
                    seen.spec(path).ifPresent(spec -> missing(path, node, spec, wrong));
                }
            });
            return first(wrong);
        });
    }

    private static void missing(TreePath path, Node node, Spec spec, List<String> wrong) {
        for (var child : spec.children()) {
            var state = node.children()
                    .stream()
                    .filter(one -> one.id().equals(child.id()))
                    .map(Node::state)
                    .findFirst()
                    .orElse(ChildState.DOWN);
            if (child.restart() == Restart.PERMANENT && state != ChildState.RUNNING) {
                wrong.add("'" + TraceLine.place(path.child(child.id()), false) + "' is "
                        + state.text() + ", and its supervisor runs");
            }
        }
    }

    /// Whether `tree` has ended as a tree may by itself.
    static boolean mayEnd(Observation seen, Grown tree) {
        return seen.phase() == Observation.Phase.STOPPED
                || tree.spec().autoShutdown() != AutoShutdown.NEVER
                || seen.trace()
                        .stream()
                        .anyMatch(line -> line.event() instanceof Event.GaveUp
                                && line.supervisor().equals(tree.path()));
    }

    /// In no window of its supervisor's period has a child been restarted more often than the intensity
    /// allows. Restarts on request are counted too.
    public static Invariant restartsWithinIntensity() {
        return Invariant.of("restarts <= intensity in any window", seen -> {
            var starts = new HashMap<TreePath, Deque<Long>>();
            var wrong = new ArrayList<String>();
            for (var line : seen.trace()) {
                if (line.event() instanceof Event.Started(_, int generation)) {
                    starts.keySet().removeIf(child -> isBelow(child, line.child()));
                    if (generation > 1) {
                        seen.spec(line.supervisor())
                                .ifPresent(spec -> count(seen, line, spec, starts, wrong));
                    }
                }
            }
            return first(wrong);
        });
    }

    private static boolean isBelow(TreePath child, TreePath supervisor) {
        return child.ids().size() > supervisor.ids().size()
                && child.ids().subList(0, supervisor.ids().size()).equals(supervisor.ids());
    }

    private static void count(Observation seen, TraceLine line, Spec spec,
            Map<TreePath, Deque<Long>> starts, List<String> wrong) {
        var times = starts.computeIfAbsent(line.child(), _ -> new ArrayDeque<>());
        var period = seen.lab().rig().world().isManual()
                ? spec.period()
                : spec.period().minus(REPORT_DELAY);
        times.addLast(line.nanos());
        while (line.nanos() - times.getFirst() > period.toNanos()) {
            times.removeFirst();
        }
        if (times.size() > spec.intensity()) {
            wrong.add("'" + TraceLine.place(line.child(), false) + "' was restarted "
                    + times.size() + " times within " + spec.period().toMillis()
                    + " ms, allowed are "
                    + spec.intensity());
        }
    }

    /// When a tree is stopped, the children of each supervisor end in the reverse of their order.
    public static Invariant stopOrderIsReverseOfStart() {
        return Invariant.of("stop order is the reverse of start order", seen -> {
            var ends = new LinkedHashMap<TreePath, List<String>>();
            for (var line : seen.stop()) {
                var ended = ends.computeIfAbsent(line.supervisor(), _ -> new ArrayList<>());
                if (line.event() instanceof Event.Exited(var id, _, _)) {
                    ended.add(id);
                } else if (line.event() instanceof Event.Started(var id, _)) {
                    // a restart that was under way: in real time a stop may come in between
                    ended.remove(id);
                }
            }
            var wrong = new ArrayList<String>();
            ends.forEach((supervisor, ids) -> seen.spec(supervisor)
                    .filter(spec -> spec.strategy() != Strategy.DYNAMIC)
                    .ifPresent(spec -> disorder(supervisor, spec, ids, wrong)));
            return first(wrong);
        });
    }

    /// Children that were added while the tree ran come after those of the spec.
    private static void disorder(TreePath supervisor, Spec spec, List<String> ends,
            List<String> wrong) {
        var order = spec.children().stream().map(child -> child.id()).toList();
        var known = ends.stream().filter(order::contains).toList();
        var expected = order.reversed().stream().filter(known::contains).toList();
        if (!known.equals(expected)) {
            wrong.add("the children of '" + supervisor + "' ended as " + known + ", not as "
                    + expected);
        }
    }

    /// Nobody writes to a former incarnation of a child that has been replaced.
    public static Invariant noMessageToADeadRef() {
        return Invariant.of("no message to a dead ref", seen -> first(seen.strays()));
    }

    private static Optional<String> first(List<String> sentences) {
        return sentences.stream().findFirst();
    }
}
