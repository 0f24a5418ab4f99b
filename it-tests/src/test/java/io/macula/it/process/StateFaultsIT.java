package io.macula.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Three nodes that share state over their links, each a process, while one after the other is killed
/// and one is paused under writes. In the end all hold the same; nothing is lost that was done, nothing
/// comes back. [StateMembersIT] does it to members of a Cluster, and cuts them off besides.
///
/// A pause outlasts what a link tolerates of silence, three heartbeats.
/// `-Dmacula.state.faults=long` has the usual heartbeat and pauses for 15 s;
/// `-Dmacula.state.heal=5` fails when the nodes take longer than so many seconds to be equal.
class StateFaultsIT {

    private static final boolean IS_LONG = System.getProperty("macula.state.faults", "")
            .equals("long");
    private static final String HEARTBEAT = IS_LONG ? "1 s" : "400 ms";
    private static final Duration PAUSE = Duration.ofSeconds(IS_LONG ? 15 : 2);
    private static final Duration HEAL = Optional
            .ofNullable(Integer.getInteger("macula.state.heal"))
            .map(Duration::ofSeconds)
            .orElse(MaculaProcess.PATIENCE);

    @AutoClose final Terminals terminals = new Terminals().with("MACULA_STATE_DURABILITY", "sync")
            .with("MACULA_LINK_HEARTBEAT", HEARTBEAT);
    private final List<StateNode> nodes = new ArrayList<>();

    @Test
    void nodesThatAreKilledAndPausedLoseNothing() {
        start();
        var writers = new StateWriters(nodes);
        try (writers) {
            goOn(writers);
            for (var node : nodes) {
                node.kill();
                goOn(writers);
                node.startAgain();
                goOn(writers);
            }
            nodes.get(1).signal("STOP");
            pass(PAUSE);
            nodes.get(1).signal("CONT");
        }

        allAreEqual(writers);
    }

    private void start() {
        nodes.add(StateNode.gateway(terminals, "./macula"));
        for (int peer = 1; peer < 3; peer++) {
            nodes.add(StateNode.peer(terminals, "./macula", nodes.getFirst()));
        }
        nodes.forEach(StateNode::ready);
        nodes.forEach(
                node -> await().atMost(MaculaProcess.PATIENCE).until(() -> node.peers() == 2));
    }

    /// Waits until a good number of changes more is done.
    private static void goOn(StateWriters writers) {
        var enough = writers.done() + 50;
        await().atMost(MaculaProcess.PATIENCE).until(() -> writers.done() >= enough);
    }

    private static void pass(Duration span) {
        await().pollDelay(span).atMost(span.plus(MaculaProcess.PATIENCE)).until(() -> true);
    }

    private void allAreEqual(StateWriters writers) {
        var healed = System.nanoTime();
        await().atMost(HEAL).until(() -> {
            var first = nodes.getFirst().fingerprint();
            return first.isPresent()
                    && nodes.stream().allMatch(node -> node.fingerprint().equals(first))
                    && nodes.getFirst().elements(StateWriters.KEY).containsAll(writers.added());
        });
        System.out.printf("shared state equal %d ms after the last fault, %d changes%n",
                (System.nanoTime() - healed) / 1_000_000, writers.done());
        for (var node : nodes) {
            assertThat(node.elements(StateWriters.KEY)).containsAll(writers.added())
                    .doesNotContainAnyElementsOf(writers.removed());
        }
    }
}
