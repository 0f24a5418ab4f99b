package io.macula.supervision.testkit;

import io.macula.supervision.Node;
import io.macula.supervision.Spec;
import io.macula.supervision.TreePath;
import java.util.List;
import java.util.Optional;

/// A moment at which nothing moves, for an [Invariant] to look at.
public final class Observation {

    /// How far a run has come.
    public enum Phase {
        /// Faults are at work.
        FAULTY,
        /// All faults are taken back, and time enough has passed to recover.
        HEALED,
        /// The tree has been stopped.
        STOPPED
    }

    private final Lab lab;
    private final Phase phase;
    private final int stoppedFrom;

    Observation(Lab lab, Phase phase) {
        this(lab, phase, 0);
    }

    /// @param stoppedFrom the first line of the trace that belongs to the stop
    Observation(Lab lab, Phase phase, int stoppedFrom) {
        this.lab = lab;
        this.phase = phase;
        this.stoppedFrom = stoppedFrom;
    }

    public Phase phase() {
        return phase;
    }

    /// The lab, to ask the tree something.
    public Lab lab() {
        return lab;
    }

    /// The live trees.
    public List<Node> trees() {
        return lab.trees();
    }

    /// What has happened in this run.
    public List<TraceLine> trace() {
        return lab.trace();
    }

    /// What has happened since the stop began; empty before.
    public List<TraceLine> stop() {
        return phase == Phase.STOPPED
                ? trace().subList(stoppedFrom, trace().size())
                : List.of();
    }

    /// What the supervisor that runs, or ran last, at `path` was told.
    public Optional<Spec> spec(TreePath path) {
        return lab.rig().supervision().spec(path);
    }

    /// Messages to an incarnation whose time was over, as sentences.
    public List<String> strays() {
        return lab.rig()
                .lives()
                .strays()
                .stream()
                .map(stray -> "'" + TraceLine.place(stray.child(), false)
                        + "' got a message at the address of a former life: " + stray.message())
                .toList();
    }

    /// Trees of the lab that have ended otherwise than a tree may, in sentences.
    List<String> wrongEnds() {
        return lab.rig()
                .grown()
                .stream()
                .filter(tree -> tree.down().isDone() && !Invariants.mayEnd(this, tree))
                .map(tree -> "the tree ended: " + tree.down().join().text())
                .toList();
    }
}
