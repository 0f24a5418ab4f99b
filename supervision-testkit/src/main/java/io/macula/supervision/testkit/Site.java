package io.macula.supervision.testkit;

import io.macula.supervision.TreePath;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// One place of a tree and what goes wrong there. Safe for all threads.
final class Site {

    private final String name;
    private final SplittableRandom random;
    private @Nullable TreePath path;
    private FaultPlan plan = FaultPlan.NONE;

    /// @param name what the test calls the place
    Site(String name, long seed) {
        this.name = name;
        this.random = new SplittableRandom(seed ^ name.hashCode() * 0x9E37_79B9_7F4A_7C15L);
    }

    String name() {
        return name;
    }

    /// Where it is; null before the tree has been started.
    synchronized @Nullable TreePath path() {
        return path;
    }

    synchronized void isAt(TreePath place) {
        path = place;
    }

    synchronized FaultPlan plan() {
        return plan;
    }

    synchronized void plan(Rule rule) {
        plan = plan.with(rule);
    }

    synchronized void planLast(Fault fault) {
        plan = plan.withLast(fault);
    }

    synchronized FaultPlan.Step on(Happening happening) {
        return moved(plan.on(happening, random));
    }

    synchronized FaultPlan.Step release() {
        return moved(plan.release());
    }

    synchronized FaultPlan.Step heal() {
        return moved(plan.heal());
    }

    private FaultPlan.Step moved(FaultPlan.Step step) {
        plan = step.next();
        return step;
    }
}
