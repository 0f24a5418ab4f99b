package io.macula.supervision.testkit;

import io.macula.supervision.TreePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.opentest4j.AssertionFailedError;

/// What a test expects of a lab's trees. In manual time it is so or it is not; in real time it may
/// take a while.
final class Expectations {

    private static final int REPORTED_MAX = 200;

    private final Lab lab;
    private final World world;
    private final Trace trace;
    private int begun;
    private int told;

    Expectations(Lab lab, Rig rig) {
        this.lab = lab;
        this.world = rig.world();
        this.trace = rig.trace();
    }

    void begin() {
        begun = trace.size();
        told = begun;
    }

    /// Whether `condition` holds, or, in real time, comes to hold.
    boolean within(BooleanSupplier condition) {
        if (world.isManual()) {
            world.settle();
        }
        return condition.getAsBoolean()
                || !world.isManual() && Calm.until(condition, World.PATIENCE);
    }

    void expectTrace(String text) {
        var expected = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        if (!within(() -> real().size() >= expected.size())) {
            throw differ(expected);
        }
        if (!world.isManual()) {
            world.settle();
        }
        if (!order(expected).equals(order(real()))) {
            throw differ(expected);
        }
        told = trace.size();
    }

    private List<String> real() {
        return texts(trace.since(told));
    }

    private List<String> texts(List<TraceLine> lines) {
        var withTree = lab.trees().size() > 1;
        return lines.stream().map(line -> line.text(withTree)).toList();
    }

    /// The lines of each supervisor in their order; in manual time all in one.
    private Map<String, List<String>> order(List<String> lines) {
        var order = new LinkedHashMap<String, List<String>>();
        for (var line : lines) {
            var words = line.split(" ");
            var child = words.length < 2 ? line : words[words[0].equals("giveup") ? 3 : 1];
            var above = child.contains("/") ? child.substring(0, child.lastIndexOf('/')) : "";
            order.computeIfAbsent(world.isManual() ? "" : above, _ -> new ArrayList<>()).add(line);
        }
        return order;
    }

    private AssertionError differ(List<String> expected) {
        var real = real();
        return new AssertionFailedError("the trace is not as expected\n"
                + SideBySide.of(expected, real) + "\n" + ending(), String.join("\n", expected),
                String.join("\n", real));
    }

    void expectRestarted(String place, TreePath path) {
        if (!within(() -> trace.isRestarted(path, begun))) {
            throw failure("'" + place + "' was not restarted");
        }
    }

    void expectUntouched(String place, TreePath path) {
        world.settle();
        if (!trace.isUntouched(path, begun)) {
            throw failure("'" + place + "' was touched");
        }
    }

    void expectWhole() {
        var whole = Invariants.everyPermanentChildRuns();
        if (!within(() -> missing(whole).isEmpty())) {
            throw failure("the tree is not whole: " + missing(whole).orElse("it is now"));
        }
    }

    private Optional<String> missing(Invariant whole) {
        return whole.brokenBy(new Observation(lab, Observation.Phase.HEALED));
    }

    void eventually(String what, BooleanSupplier condition) {
        if (!Calm.until(condition, World.PATIENCE)) {
            throw failure("it did not come about that " + what);
        }
    }

    AssertionError failure(String sentence) {
        return new AssertionError(sentence + "\n" + report());
    }

    String report() {
        var lines = texts(trace.since(Math.max(0, trace.size() - REPORTED_MAX)));
        return "what happened\n  " + (lines.isEmpty() ? "nothing" : String.join("\n  ", lines))
                + "\n" + ending();
    }

    private String ending() {
        return "seed " + lab.seed() + "\ntree\n  "
                + lab.treeText().replace("\n", "\n  ");
    }
}
