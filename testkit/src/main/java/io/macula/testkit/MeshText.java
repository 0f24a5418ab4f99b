package io.macula.testkit;

import io.macula.runtime.Node;
import java.util.ArrayList;
import java.util.Map;

/// How a mesh stands, in one line.
final class MeshText {

    private MeshText() {}

    static String of(Plan plan, Cuts cuts, Map<Integer, Node> running) {
        var said = new ArrayList<String>();
        said.add("seed " + plan.seed());
        said.add(cuts.toString());
        running.forEach((number, node) -> said.add("node " + number + ": " + story(node)));
        return String.join("; ", said);
    }

    private static String story(Node node) {
        var parts = new ArrayList<String>();
        parts.add(node.peers().size() + " peers");
        node.cluster().ifPresent(seat -> {
            var view = seat.membership().view();
            parts.add(view.state() + " with " + view.members().size() + " members, "
                    + view.unreachable().size() + " of them silent");
        });
        node.coordinationView()
                .ifPresent(view -> parts.add(view.state() + " of " + view.voters().size()
                        + " voters"));
        return String.join(", ", parts);
    }
}
