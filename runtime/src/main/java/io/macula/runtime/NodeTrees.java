package io.macula.runtime;

import io.macula.runtime.workload.Workloads;
import io.macula.supervision.Node;
import io.macula.supervision.Supervision;
import io.macula.supervision.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;

/// The supervision trees of one node and of its workloads, to be looked at and broken.
record NodeTrees(ActorSystem<?> system, Optional<Workloads> workloads) {

    List<Node> snapshot() {
        var trees = new ArrayList<>(Supervision.of(system).snapshot());
        workloads.ifPresent(each -> trees.addAll(each.trees()));
        return trees;
    }

    /// False when nothing runs at `path`.
    boolean crash(String path) {
        var place = TreePath.parse(path);
        var fault = new InjectedFault(path);
        if (Supervision.of(system).snapshot(place).isEmpty()) {
            return workloads.filter(each -> each.crash(place, fault)).isPresent();
        }
        Supervision.of(system).crash(place, fault);
        return true;
    }

    /// False when nothing runs at `path`, or it is a whole tree.
    boolean kill(String path) {
        var place = TreePath.parse(path);
        return !place.parent().isEmpty() && Supervision.of(system).kill(place);
    }

    /// False when nothing at `path` could be started again.
    boolean restart(String path) {
        return Supervision.of(system).restart(TreePath.parse(path));
    }

    /// What a process crashes of when that was asked for.
    private static final class InjectedFault extends RuntimeException {

        private static final long serialVersionUID = 1L;

        InjectedFault(String path) {
            super("crashed on request: " + path, null, false, false);
        }

        /// What `tree` shows as the last exit.
        @Override
        public String toString() {
            return "crashed on request";
        }
    }
}
