package io.macula.testkit;

import io.macula.actors.cluster.ClusterView;
import io.macula.actors.state.SharedState;
import io.macula.runtime.Node;
import io.macula.runtime.PeerLine;
import io.macula.runtime.coordination.CoordinationView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Says what keeps the living nodes of a mesh from being one whole: links between all of them, shared state over these, one
/// Cluster with nobody else in it, and voters of whom one leads.
///
/// @param living by their numbers
record Readiness(Plan plan, Map<Integer, Node> living) {

    /// One sentence for each thing, none when all is well.
    List<String> missing() {
        var missing = new ArrayList<String>();
        living.forEach((number, node) -> {
            if (!node.isReady()) {
                missing.add("node " + number + " is not ready: " + node.report().checks());
            }
            others(missing, number, "has no way to",
                    other -> isPeer(node, other));
            node.sharedState()
                    .ifPresent(state -> others(missing, number, "shares no state with",
                            other -> isReached(state, other)));
            if (plan.isCluster()) {
                member(missing, number, node);
            }
        });
        if (plan.isCluster()) {
            voters(missing);
        }
        return missing;
    }

    private void others(List<String> missing, int number, String lacks, Predicate<Node> has) {
        living.forEach((other, node) -> {
            if (other != number && !has.test(node)) {
                missing.add("node " + number + " " + lacks + " node " + other);
            }
        });
    }

    private static boolean isPeer(Node node, Node other) {
        return node.peers().stream().map(PeerLine::node).anyMatch(other.id()::equals);
    }

    private static boolean isReached(SharedState state, Node other) {
        return state.reached().contains(other.id());
    }

    private void member(List<String> missing, int number, Node node) {
        var view = node.cluster().orElseThrow().membership().view();
        if (!view.isUp()) {
            missing.add("node " + number + " is no member of the Cluster but " + view.state()
                    + (view.problem().isEmpty() ? "" : " (" + view.problem() + ")"));
            return;
        }
        others(missing, number, "does not see as a member", other -> sees(view, other));
        if (view.members().size() > living.size()) {
            missing.add("node " + number + " still counts members that are gone");
        }
    }

    private static boolean sees(ClusterView view, Node other) {
        return view.members()
                .stream()
                .anyMatch(member -> member.node().equals(other.id()) && member.isReachable()
                        && member.status().equals("up"));
    }

    private void voters(List<String> missing) {
        living.forEach((number, node) -> {
            var view = node.coordinationView().orElseThrow();
            if (view.voters().size() != plan.voters()) {
                missing.add("node " + number + " knows " + view.voters().size() + " of "
                        + plan.voters() + " voters"
                        + (view.problem().isEmpty() ? "" : " (" + view.problem() + ")"));
            }
        });
        if (living.values()
                .stream()
                .noneMatch(node -> node.coordinationView()
                        .orElseThrow()
                        .state() == CoordinationView.State.LEADER)) {
            missing.add("no voter leads");
        }
    }
}
