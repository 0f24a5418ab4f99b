package io.macula.runtime.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.actors.cluster.ClusterView;
import io.macula.dht.NodeId;
import io.macula.runtime.json.Json;
import java.util.Locale;

/// A Cluster as it is told to tools.
final class ClusterJson {

    private ClusterJson() {}

    static ObjectNode of(ClusterView view) {
        var json = Json.object()
                .put("cluster", view.name())
                .put("state", view.state().name().toLowerCase(Locale.ROOT))
                .put("incarnation", view.incarnation())
                .put("downed", view.downed())
                .put("leader", view.leading().map(NodeId::hex).orElse(null))
                .put("problem", view.problem());
        var members = json.putArray("members");
        view.members().forEach(member -> members.add(of(view, member)));
        return json;
    }

    private static ObjectNode of(ClusterView view, ClusterView.Member member) {
        var json = Json.object()
                .put("id", member.node().hex())
                .put("address", member.address().toString())
                .put("status", member.status())
                .put("reachable", member.isReachable())
                .put("self", member.isSelf())
                .put("leader", view.leading().filter(member.node()::equals).isPresent());
        var roles = json.putArray("roles");
        member.roles().stream().sorted().forEach(roles::add);
        return json;
    }
}
