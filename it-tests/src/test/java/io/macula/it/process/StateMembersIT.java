package io.macula.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Three members of a Cluster on hosts of their own, which keep shared state on disk with `sync`. One
/// after the other is cut off, paused and killed under writes. Each time all hold the same in the end;
/// nothing is lost that was done, nothing comes back.
///
/// A cut outlasts what the Cluster tolerates: the member that is cut off is downed, goes on taking
/// changes, and is a member again by itself.
/// `-Dmacula.state.faults=long` has the usual time-outs, cuts for 20 s, pauses for 15 s and kills each;
/// `-Dmacula.state.heal=5` fails when the nodes take longer than so many seconds to be equal.
class StateMembersIT {

    private static final boolean IS_LONG = System.getProperty("macula.state.faults", "")
            .equals("long");
    private static final Duration CUT = Duration.ofSeconds(IS_LONG ? 20 : 6);
    private static final Duration PAUSE = Duration.ofSeconds(IS_LONG ? 15 : 2);
    private static final Duration HEAL = Optional
            .ofNullable(Integer.getInteger("macula.state.heal"))
            .map(Duration::ofSeconds)
            .orElse(MaculaProcess.PATIENCE);
    private static final int SIZE = 3;
    private static final List<Integer> KILLED = IS_LONG ? List.of(0, 1, 2) : List.of(0);
    private static final int CHANGES = IS_LONG ? 50 : 20;

    @AutoClose final Hosts hosts = Hosts.onOneWire(SIZE);
    @AutoClose final Terminals terminals = new Terminals();
    private final List<StateNode> nodes = new ArrayList<>();

    @Test
    void membersThatAreCutOffPausedAndKilledLoseNothing() throws IOException {
        configure();
        start();

        cutOff(2);
        pause(1);
        for (var victim : KILLED) {
            kill(victim);
        }

        nodes.forEach(node -> await().atMost(MaculaProcess.PATIENCE)
                .until(() -> node.members() == SIZE));
    }

    private void configure() throws IOException {
        var secret = terminals.folder().resolve("realm.secret");
        Files.writeString(secret, "a secret that three hosts share, of length enough");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        terminals.with("MACULA_REALM_SECRET_FILE", secret.toString())
                .with("MACULA_STATE_DURABILITY", "sync")
                .with("MACULA_CLUSTER_ENABLED", "true")
                .with("MACULA_CLUSTER_SEEDS", IntStream.rangeClosed(1, SIZE)
                        .mapToObj(host -> Hosts.address(host) + ":9444")
                        .collect(Collectors.joining(",")));
        if (!IS_LONG) {
            terminals.with("MACULA_LINK_HEARTBEAT", "400 ms")
                    .with("MACULA_CLUSTER_SILENCE_MAX", "1 s")
                    .with("MACULA_CLUSTER_STABLE_AFTER", "2 s");
        }
    }

    private void start() {
        nodes.add(StateNode.gateway(terminals, program(1)));
        for (int host = 2; host <= SIZE; host++) {
            nodes.add(StateNode.peer(terminals, program(host), nodes.getFirst()));
        }
        nodes.forEach(StateNode::ready);
        nodes.forEach(node -> await().atMost(MaculaProcess.PATIENCE)
                .until(() -> node.members() == SIZE && node.peers() == SIZE - 1));
    }

    private String program(int host) {
        return hosts.on(host,
                "env MACULA_CLUSTER_HOST=" + Hosts.address(host) + " ./macula");
    }

    private void cutOff(int victim) {
        var others = IntStream.range(0, SIZE).filter(node -> node != victim).toArray();
        var writers = new StateWriters("cut", nodes);
        long healed;
        try (writers) {
            goOn(writers);
            for (var other : others) {
                hosts.cut(victim + 1, other + 1);
            }
            pass(CUT);
            await().atMost(MaculaProcess.PATIENCE)
                    .until(() -> nodes.get(others[0]).members() == SIZE - 1);
            goOn(writers);
            var alone = writers.doneOn(victim);
            await().atMost(MaculaProcess.PATIENCE).until(() -> writers.doneOn(victim) > alone);
            hosts.mend();
            healed = System.nanoTime();
        }
        allAreEqual("a cut of " + CUT.toSeconds() + " s", healed, writers);
    }

    private void pause(int victim) {
        var writers = new StateWriters("pause", nodes);
        long healed;
        try (writers) {
            goOn(writers);
            nodes.get(victim).signal("STOP");
            pass(PAUSE);
            nodes.get(victim).signal("CONT");
            healed = System.nanoTime();
        }
        allAreEqual("a pause of " + PAUSE.toSeconds() + " s", healed, writers);
    }

    private void kill(int victim) {
        var writers = new StateWriters("kill" + victim, nodes);
        long healed;
        try (writers) {
            goOn(writers);
            nodes.get(victim).kill();
            goOn(writers);
            nodes.get(victim).startAgain();
            healed = System.nanoTime();
        }
        allAreEqual("kill -9 of node " + victim, healed, writers);
    }

    /// Waits until a good number of changes more is done.
    private static void goOn(StateWriters writers) {
        var enough = writers.done() + CHANGES;
        await().atMost(MaculaProcess.PATIENCE).until(() -> writers.done() >= enough);
    }

    private static void pass(Duration span) {
        await().pollDelay(span).atMost(span.plus(MaculaProcess.PATIENCE)).until(() -> true);
    }

    /// @param healedNanos when the fault was over
    private void allAreEqual(String fault, long healedNanos, StateWriters writers) {
        await().atMost(HEAL).pollInterval(Duration.ofMillis(20)).until(() -> {
            var first = nodes.getFirst().fingerprint();
            return first.isPresent()
                    && nodes.stream().allMatch(node -> node.fingerprint().equals(first));
        });
        System.out.printf("members equal %d ms after %s, %d changes%n",
                (System.nanoTime() - healedNanos) / 1_000_000, fault, writers.done());
        for (var node : nodes) {
            assertThat(node.elements(StateWriters.KEY)).as(fault)
                    .containsAll(writers.added())
                    .doesNotContainAnyElementsOf(writers.removed());
        }
    }
}
