package io.macula.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Twelve nodes, each a process, that know one seed. One test, because twelve starts are what takes
/// the time: they find each other, do without the seed, and do without half of themselves.
class TwelveNodesIT {

    private static final String REALM = "twelve";
    private static final int PROCEDURES_EACH = 5;
    private static final int UNDER_WAY = 200;

    @AutoClose final Terminals terminals = new Terminals();

    private final List<PuppetNode> nodes = new ArrayList<>();
    private boolean seedIsThere = true;

    @Test
    void theyFindEachOtherAndLoseNothingThatIsStillThere() {
        start();
        everyServiceIsReachableFromEveryNode();
        oneMessageIsDeliveredTwelveTimesInNoMoreFrames();
        noCallIsLostWhenTheSeedIsKilled();
        everyServiceIsReachableFromEveryNode();
        recordsOutliveHalfOfTheNodes();
    }

    private void start() {
        nodes.add(PuppetNode.gateway(terminals, REALM, ""));
        var seed = nodes.getFirst().address();
        for (var number = 1; number < 12; number++) {
            nodes.add(PuppetNode.player(terminals, REALM, seed));
        }
        nodes.subList(1, nodes.size()).forEach(PuppetNode::awaitJoined);
        for (var number = 0; number < nodes.size(); number++) {
            for (var procedure = 0; procedure < PROCEDURES_EACH; procedure++) {
                nodes.get(number).serve(name(number, procedure), "" + number);
            }
            nodes.get(number).subscribe("sensor.*");
        }
    }

    private static String name(int node, int procedure) {
        return "node." + node + ".procedure." + procedure;
    }

    /// Requests go out all at once and are answered in any order. What is not answered in time, while
    /// twelve JVMs start on this machine, is asked again.
    private void everyServiceIsReachableFromEveryNode() {
        for (var from = 0; from < nodes.size(); from++) {
            var node = nodes.get(from);
            var missing = new TreeSet<Integer>();
            IntStream.range(0, 12).filter(this::isThere).forEach(missing::add);
            await().atMost(MaculaProcess.PATIENCE).until(() -> {
                var asked = new TreeMap<Integer, Integer>();
                missing.forEach(to -> asked.put(to, node.requestCall(name(to, 0))));
                asked.forEach((to, number) -> {
                    if (node.called(number).equals(Integer.toString(to))) {
                        missing.remove(to);
                    }
                });
                return missing.isEmpty();
            });
        }
    }

    private boolean isThere(int number) {
        return number > 0 || seedIsThere;
    }

    private void oneMessageIsDeliveredTwelveTimesInNoMoreFrames() {
        var publisher = nodes.getLast();
        await().atMost(MaculaProcess.PATIENCE).until(() -> {
            publisher.publish("sensor.first", 1);
            return nodes.stream().allMatch(node -> node.heard("sensor.first", 1) > 0);
        });
        var before = framesOf(publisher);

        publisher.publish("sensor.temp", 21);

        await().atMost(MaculaProcess.PATIENCE)
                .until(() -> nodes.stream().allMatch(node -> node.heard("sensor.temp", 21) > 0));
        assertThat(nodes).allSatisfy(
                node -> assertThat(node.heard("sensor.temp", 21)).isEqualTo(1));
        assertThat(framesOf(publisher) - before).isBetween(11L, 12L);
    }

    private static long framesOf(PuppetNode node) {
        return node.figure("mesh_sent_direct") + node.figure("mesh_sent_relayed");
    }

    private void noCallIsLostWhenTheSeedIsKilled() {
        var caller = nodes.get(1);
        assertThat(caller.call(name(2, 0))).isEqualTo("2");
        var calls = new ArrayList<Integer>();
        for (var call = 0; call < UNDER_WAY; call++) {
            if (call == UNDER_WAY / 2) {
                nodes.removeFirst().kill();
                seedIsThere = false;
            }
            calls.add(caller.requestCall(name(2, call % PROCEDURES_EACH)));
        }

        assertThat(calls.stream().map(caller::called).toList()).hasSize(UNDER_WAY)
                .allMatch("2"::equals);
    }

    /// Each provider record is looked for by a node that does not provide it.
    private void recordsOutliveHalfOfTheNodes() {
        var killed = nodes.subList(5, nodes.size());
        killed.forEach(PuppetNode::kill);
        var left = List.copyOf(nodes.subList(0, 5));
        var lost = new ArrayList<String>();
        for (var provider = 0; provider < left.size(); provider++) {
            var asker = left.get((provider + 1) % left.size());
            var asked = new TreeMap<String, Integer>();
            for (var procedure = 0; procedure < PROCEDURES_EACH; procedure++) {
                var name = name(provider + 1, procedure);
                asked.put(name, asker.requestProviders(name));
            }
            var expected = left.get(provider);
            asked.forEach((name, number) -> {
                if (!asker.named(number, expected)) {
                    lost.add(name);
                }
            });
        }
        assertThat(lost).as("of " + left.size() * PROCEDURES_EACH).isEmpty();
    }
}
