package io.macula.actors.mesh;

import static io.macula.actors.link.fake.Eventually.eventually;
import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.dht.Provider;
import io.macula.actors.dht.RealmKey;
import io.macula.actors.dht.ToldDiscovery;
import io.macula.actors.link.fake.FakeLink;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.PubsubRoute;
import io.macula.actors.wire.TopicName;
import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutreachTest {

    private final MeshRig rig = new MeshRig();
    private final Outreach outreach = rig.outreach();
    private final List<Integer> reached = new CopyOnWriteArrayList<>();

    private static Publish message(String topic, int number) {
        return Publish.of(topic, Bytes.EMPTY, 0, false, Bytes.utf8("id-" + number));
    }

    private boolean reach(String topic, int number) {
        return reach(topic, number, Set.of(), Set.of());
    }

    private boolean reach(String topic, int number, Set<NodeId> hinted, Set<NodeId> except) {
        return outreach.reach(message(topic, number), hinted, except,
                reached::add) == Outreach.Reach.OUT;
    }

    private List<RealmKey> keysFor(String topic) {
        return rig.keys().keysFor(TopicName.of(topic).orElseThrow());
    }

    /// The lookups for a topic end: these want exactly it.
    private void found(String topic, Provider... providers) {
        for (var key : keysFor(topic)) {
            rig.dht()
                    .finds(key, key.equals(keysFor(topic).getFirst())
                            ? providers
                            : new Provider[0]);
        }
    }

    private static List<Bytes> idsSent(FakeLink link) {
        return link.sent(PubsubRoute.class)
                .stream()
                .map(route -> route.payload().messageId())
                .toList();
    }

    private static List<Bytes> ids(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(number -> Bytes.utf8("id-" + number))
                .toList();
    }

    @Test
    void sendsOneFrameToEachNodeThatWantsTheTopicUnderWhicheverKey() {
        var one = rig.neighbour(1);
        var two = rig.neighbour(2);
        reach("a.b", 1);
        for (var key : keysFor("a.b")) {
            rig.dht().finds(key, MeshRig.provider(1), MeshRig.provider(2));
        }

        assertThat(idsSent(one)).isEqualTo(ids(1, 1));
        assertThat(idsSent(two)).isEqualTo(ids(1, 1));
        assertThat(reached).containsExactly(2);
    }

    @Test
    void findsThoseWhoSubscribedWithAWildcard() {
        var link = rig.neighbour(1);
        reach("a.b", 1);
        var prefix = RealmKey.topicPrefix(ToldDiscovery.REALM, "a");
        for (var key : keysFor("a.b")) {
            rig.dht()
                    .finds(key, key.equals(prefix)
                            ? new Provider[]{MeshRig.provider(1)}
                            : new Provider[0]);
        }

        assertThat(idsSent(link)).hasSize(1);
    }

    @Test
    void asksTheDhtOnceForManyMessagesAndKeepsTheirOrder() {
        var link = rig.neighbour(1);
        for (var number = 1; number <= 10; number++) {
            reach("a", number);
        }
        assertThat(link.sent()).isEmpty();

        found("a", MeshRig.provider(1));
        reach("a", 11);

        assertThat(idsSent(link)).isEqualTo(ids(1, 11));
        assertThat(reached).hasSize(11).containsOnly(1);
        assertThat(keysFor("a")).noneMatch(rig.dht()::isAskedFor);
    }

    @Test
    void queuesWhatIsPublishedFromWithinTheSendingBehindWhatWaitsAlready() {
        var link = rig.neighbour(1);
        outreach.reach(message("a", 1), List.of(), Set.of(), _ -> reach("a", 3));
        reach("a", 2);

        found("a", MeshRig.provider(1));

        assertThat(idsSent(link)).isEqualTo(ids(1, 3));
    }

    @Test
    void keepsTheOrderOfMessagesThatComeInWhileOthersAreHandedOver() throws Exception {
        var link = rig.neighbour(1);
        var begun = new CountDownLatch(1);
        var thread = new Thread(() -> {
            for (var number = 1; number <= 5_000; number++) {
                reach("a", number);
                if (number == 100) {
                    begun.countDown();
                }
            }
        });
        thread.start();
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

        found("a", MeshRig.provider(1));
        thread.join();

        eventually(() -> reached.size() == 5_000);
        assertThat(idsSent(link)).isEqualTo(ids(1, 5_000));
    }

    @Test
    void holdsNoTopicUpForAnother() {
        var link = rig.neighbour(1);
        reach("slow", 1);
        rig.dht().knows(keysFor("quick").getFirst(), MeshRig.provider(1));
        rig.dht().knows(keysFor("quick").getLast());

        reach("quick", 2);
        assertThat(idsSent(link)).as("the empty prefix is asked for by both").isEmpty();
        rig.dht().finds(keysFor("quick").get(1));

        assertThat(idsSent(link)).isEqualTo(ids(2, 2));
    }

    @Test
    void tellsANodeOnceThatIsBothHintedAndFound() {
        var hintedAndFound = rig.neighbour(1);
        var hinted = rig.neighbour(2);
        reach("a", 1, Set.of(node(1), node(2)), Set.of());

        found("a", MeshRig.provider(1));

        assertThat(idsSent(hintedAndFound)).hasSize(1);
        assertThat(idsSent(hinted)).hasSize(1);
        assertThat(reached).containsExactly(2);
    }

    @Test
    void tellsNeitherThoseWhoHaveItNorItself() {
        var has = rig.neighbour(1);
        var self = rig.neighbour(0);
        reach("a", 1, Set.of(node(1), MeshRig.SELF), Set.of(node(1)));

        found("a", MeshRig.provider(1), MeshRig.provider(0));

        assertThat(has.sent()).isEmpty();
        assertThat(self.sent()).isEmpty();
        assertThat(reached).containsExactly(0);
    }

    @Test
    void countsOnlyTheNodesWhoseFrameWasQueued() {
        rig.neighbour(1).setFull(true);
        rig.neighbour(2);
        reach("a", 1);

        found("a", MeshRig.provider(1), MeshRig.provider(2));

        assertThat(reached).containsExactly(1);
    }

    @Test
    void tellsThoseItKnowsOfWhenTheDhtDoesNotAnswerInTime() {
        var hinted = rig.neighbour(2);
        var found = rig.neighbour(1);
        reach("a", 1, Set.of(node(2)), Set.of());
        rig.dht().finds(keysFor("a").getFirst(), MeshRig.provider(1));

        eventually(() -> reached.size() == 1);

        assertThat(idsSent(hinted)).hasSize(1);
        assertThat(idsSent(found)).hasSize(1);
        assertThat(Outreach.PATIENCE).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void doesNotHoldUpWhatSomebodyIsKnownToWantForAnAnswerThatTakesLong() {
        var hinted = rig.neighbour(2);
        var late = rig.neighbour(1);
        reach("nobody", 7);
        reach("a", 1, Set.of(node(2)), Set.of());

        eventually(() -> reached.size() == 1);
        reach("a", 2, Set.of(node(2)), Set.of());

        assertThat(reached).as("the second one goes out at once, the other topic waits")
                .hasSize(2);
        found("a", MeshRig.provider(1));
        reach("a", 3, Set.of(node(2)), Set.of());
        assertThat(idsSent(hinted)).isEqualTo(ids(1, 3));
        assertThat(idsSent(late)).isEqualTo(ids(3, 3));
    }

    @Test
    void letsOnlySoManyMessagesWaitAndSaysSo() {
        for (var number = 0; number < Outreach.WAITING_MAX; number++) {
            assertThat(reach(number % 2 == 0 ? "a" : "b", number)).isTrue();
        }

        assertThat(reach("a", -1)).isFalse();
        assertThat(reach("c", -2)).isFalse();
        found("a");
        assertThat(reach("c", -3)).as("there is room again").isTrue();

        assertThat(reached).hasSize(Outreach.WAITING_MAX / 2).containsOnly(0);
    }

    @Test
    void goesOnWhenWhoeverAskedFailsOnTheAnswer() {
        var link = rig.neighbour(1);
        outreach.reach(message("a", 1), List.of(), Set.of(), _ -> {
            throw new IllegalStateException("planted");
        });
        reach("a", 2);

        found("a", MeshRig.provider(1));
        reach("a", 3);

        assertThat(idsSent(link)).isEqualTo(ids(1, 3));
        assertThat(reached).hasSize(2);
    }

    @Test
    void tellsOnlyHintedNodesOfATopicThatIsNone() {
        var link = rig.neighbour(1);

        assertThat(reach("a..b", 1, Set.of(node(1)), Set.of())).isTrue();

        assertThat(idsSent(link)).hasSize(1);
        assertThat(reached).containsExactly(1);
    }

    @Test
    void saysWhenEveryLinkIsFullAndGoesOnWhenThereIsRoomAgain() {
        var one = rig.neighbour(1);
        var two = rig.neighbour(2);
        reach("a", 1);
        found("a", MeshRig.provider(1), MeshRig.provider(2));
        one.setFull(true);
        two.setFull(true);

        assertThat(outreach.reach(message("a", 2), List.of(), Set.of(), reached::add))
                .isEqualTo(Outreach.Reach.FULL);
        assertThat(reached).as("told of the first alone").containsExactly(2);

        two.setFull(false);
        assertThat(reach("a", 3)).isTrue();
        assertThat(reached).containsExactly(2, 1);
        assertThat(idsSent(two)).containsExactly(Bytes.utf8("id-1"), Bytes.utf8("id-3"));
    }

    @Test
    void whoDoesNotKeepUpMissesAMessageAndHoldsUpNobody() {
        var slow = rig.neighbour(1);
        var quick = rig.neighbour(2);
        reach("a", 1);
        found("a", MeshRig.provider(1), MeshRig.provider(2));
        slow.setFull(true);

        assertThat(reach("a", 2)).isTrue();

        assertThat(idsSent(quick)).isEqualTo(ids(1, 2));
        assertThat(idsSent(slow)).isEqualTo(ids(1, 1));
        assertThat(reached).containsExactly(2, 1);
    }
}
