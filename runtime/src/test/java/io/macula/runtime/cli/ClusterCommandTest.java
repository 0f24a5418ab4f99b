package io.macula.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.cluster.ClusterAddress;
import io.macula.actors.cluster.ClusterView;
import io.macula.dht.NodeId;
import io.macula.runtime.control.ControlServer;
import io.macula.runtime.control.IdleControl;
import io.macula.runtime.control.NodeControl;
import io.macula.runtime.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterCommandTest {

    private static final NodeId ONE = NodeId.parse("1".repeat(40)).orElseThrow();
    private static final NodeId TWO = NodeId.parse("2".repeat(40)).orElseThrow();

    @TempDir Path home;

    private Optional<ControlServer> server = Optional.empty();

    @AfterEach
    void close() {
        server.ifPresent(ControlServer::close);
    }

    private static ClusterView view(ClusterView.State state, String problem,
            ClusterView.Member... members) {
        return new ClusterView("home", state, 3, 2, members.length == 0 ? null : TWO,
                List.of(members), problem);
    }

    private static ClusterView.Member member(NodeId node, int port, boolean isReachable) {
        return new ClusterView.Member(node, new ClusterAddress("127.0.0.1", port), "up",
                isReachable, node.equals(ONE), Set.of("store"));
    }

    private Terminal.Result members(Optional<ClusterView> view, String... more) {
        if (ControlServer.start(home, control(
                view)) instanceof ControlServer.Started.Listening(var listening)) {
            server = Optional.of(listening);
        }
        var line = new ArrayList<>(List.of("cluster", "members", "--data-dir",
                home.toString()));
        line.addAll(List.of(more));
        return new Terminal(new FakeMesh(), home).run(line.toArray(String[]::new));
    }

    private static NodeControl control(Optional<ClusterView> view) {
        return new IdleControl() {
            @Override
            public Optional<ClusterView> cluster() {
                return view;
            }
        };
    }

    @Test
    void peopleSeeATable() {
        var shown = members(Optional.of(view(ClusterView.State.UP, "", member(ONE, 9_444, true),
                member(TWO, 9_445, false))));

        assertThat(shown.code()).isZero();
        assertThat(shown.out()).isEqualTo("""
            NODE      ADDRESS         STATUS  REACHABLE  ROLES
            11111111  127.0.0.1:9444  up      yes        store  this node
            22222222  127.0.0.1:9445  up      no         store  leader
            """);
        assertThat(shown.err()).contains("cluster home: this node is up");
    }

    @Test
    void programsReadOneObject() {
        var shown = members(
                Optional.of(view(ClusterView.State.UP, "", member(ONE, 9_444, true))), "--json");

        assertThat(Json.parse(shown.out())).isInstanceOfSatisfying(Json.Parsed.Value.class,
                json -> {
                    assertThat(json.node().path("cluster").asText()).isEqualTo("home");
                    assertThat(json.node().path("state").asText()).isEqualTo("up");
                    assertThat(json.node().path("incarnation").asInt()).isEqualTo(3);
                    assertThat(json.node().path("downed").asInt()).isEqualTo(2);
                    assertThat(json.node().path("leader").asText()).isEqualTo(TWO.hex());
                    var member = json.node().path("members").path(0);
                    assertThat(member.path("id").asText()).isEqualTo(ONE.hex());
                    assertThat(member.path("self").asBoolean()).isTrue();
                    assertThat(member.path("leader").asBoolean()).isFalse();
                    assertThat(member.path("roles").path(0).asText()).isEqualTo("store");
                });
    }

    @Test
    void whoeverIsAwayIsToldWhy() {
        var shown = members(Optional.of(view(ClusterView.State.DOWNED, "downed: for a reason")));

        assertThat(shown.code()).isZero();
        assertThat(shown.out()).isEmpty();
        assertThat(shown.err()).contains("this node is downed (downed: for a reason)");
    }

    @Test
    void aNodeWithoutAClusterSaysHowToHaveOne() {
        var shown = members(Optional.empty());

        assertThat(shown.code()).isEqualTo(1);
        assertThat(shown.err()).contains("macula.cluster.enabled=true");
    }

    @Test
    void whereNoNodeRunsThereIsNothingToShow() {
        var shown = new Terminal(new FakeMesh(), home).run("cluster", "members", "--data-dir",
                home.resolve("nowhere").toString());

        assertThat(shown.code()).isEqualTo(3);
    }
}
