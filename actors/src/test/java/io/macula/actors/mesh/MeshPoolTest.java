package io.macula.actors.mesh;

import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.mesh.MeshPool.Effect;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeshPoolTest {

    private static final long NOW = 1_000_000;

    private final Map<String, Long> used = new HashMap<>();
    private final MeshPool<String, String> pool = new MeshPool<>(2,
            link -> used.getOrDefault(link, 0L));

    private void linked(int... nodes) {
        for (var number : nodes) {
            pool.forward(node(number), "first", NOW);
            pool.linked(node(number), "link-" + number);
        }
    }

    private List<Effect<String, String>> send(int number) {
        return sendAt(number, NOW);
    }

    private List<Effect<String, String>> sendAt(int number, long now) {
        return pool.forward(node(number), "parcel", now);
    }

    private static Effect<String, String> dial(int number) {
        return new Effect.Dial<>(node(number));
    }

    private static Effect<String, String> lost(String... parcels) {
        return new Effect.Lost<>(List.of(parcels));
    }

    @Test
    void dialsOnceAndSendsWhatWaitedInOrder() {
        assertThat(pool.forward(node(1), "a", NOW)).containsExactly(dial(1));
        assertThat(pool.forward(node(1), "b", NOW)).isEmpty();

        assertThat(pool.linked(node(1), "link-1")).containsExactly(
                new Effect.Send<>(node(1), "link-1", "a"),
                new Effect.Send<>(node(1), "link-1", "b"));
        assertThat(send(1)).containsExactly(new Effect.Send<>(node(1), "link-1", "parcel"));
    }

    @Test
    void dialsANodeThatIsWantedOnceAndNotWhenThereIsALink() {
        assertThat(pool.wanted(node(1), NOW)).containsExactly(dial(1));
        assertThat(pool.wanted(node(1), NOW)).isEmpty();
        assertThat(send(1)).as("what comes meanwhile waits for the dial").isEmpty();

        assertThat(pool.linked(node(1), "link-1")).hasSize(1);
        assertThat(pool.wanted(node(1), NOW)).isEmpty();
    }

    @Test
    void sendsWhatWaitedOverALinkThatAnotherProcessKeepsAndDoesNotKeepItItself() {
        send(1);

        assertThat(pool.linkedElsewhere(node(1), "theirs")).containsExactly(
                new Effect.Send<>(node(1), "theirs", "parcel"));
        assertThat(pool.size()).isZero();
        assertThat(pool.isDialling(node(1))).isFalse();
    }

    @Test
    void evictsTheLinkThatWasUsedLongestAgoAlsoWhenTheClockTurnsOver() {
        linked(1, 2);
        used.put("link-1", Long.MIN_VALUE + 5);
        used.put("link-2", Long.MAX_VALUE - 5);
        used.put("link-3", Long.MAX_VALUE - 10);
        send(3);

        assertThat(pool.linked(node(3), "link-3")).first()
                .isEqualTo(new Effect.Evict<>("link-2"));
        assertThat(send(2)).containsExactly(dial(2));
    }

    @Test
    void keepsAThousandLinksAndNoMore() {
        var large = new MeshPool<Integer, String>(1_000, Integer::longValue);
        var evicted = 0;
        for (var number = 0; number < 1_500; number++) {
            large.forward(node(number), "parcel", NOW);
            var effects = large.linked(node(number), number);
            evicted += (int) effects.stream().filter(Effect.Evict.class::isInstance).count();
        }

        assertThat(evicted).isEqualTo(500);
        assertThat(large.size()).isEqualTo(1_000);
    }

    @Test
    void losesWhatDoesNotFitBeforeADialAndAllOfItWhenNobodyAnswers() {
        for (var number = 0; number < MeshPool.WAITING_MAX; number++) {
            send(1);
        }

        assertThat(send(1)).containsExactly(lost("parcel"));
        assertThat(pool.unreachable(node(1), NOW)).containsExactly(
                new Effect.Lost<>(Collections.nCopies(MeshPool.WAITING_MAX, "parcel")));
        assertThat(pool.unreachable(node(1), NOW)).isEmpty();
    }

    @Test
    void hasNoMoreDialsUnderWayThanLinks() {
        send(1);
        send(2);

        assertThat(send(3)).containsExactly(lost("parcel"));
        assertThat(pool.wanted(node(3), NOW)).isEmpty();
        pool.unreachable(node(1), NOW);
        assertThat(send(3)).containsExactly(dial(3));
    }

    @Test
    void leavesANodeThatDidNotAnswerAloneForAWhileAndTwiceAsLongEachTime() {
        send(1);
        var now = NOW;
        for (var pause = MeshPool.PAUSE_MIN; pause.compareTo(MeshPool.PAUSE_MAX) < 0; //
                pause = pause.multipliedBy(2)) {
            pool.unreachable(node(1), now);

            assertThat(sendAt(1, now + pause.toMillis() - 1)).containsExactly(lost("parcel"));
            assertThat(pool.wanted(node(1), now + pause.toMillis() - 1)).isEmpty();
            now += pause.toMillis();
            assertThat(sendAt(1, now)).as("after " + pause).containsExactly(dial(1));
        }
        for (var more = 0; more < 100; more++) {
            pool.unreachable(node(1), now);
            now += MeshPool.PAUSE_MAX.toMillis();
            assertThat(sendAt(1, now)).as("never longer than that").containsExactly(dial(1));
        }
    }

    @Test
    void forgetsFailuresWhenADialComesThrough() {
        for (var times = 0; times < 5; times++) {
            send(1);
            pool.unreachable(node(1), NOW);
        }

        pool.linked(node(1), "link-1");
        pool.closed(node(1), "link-1");

        assertThat(send(1)).containsExactly(dial(1));
    }

    @Test
    void remembersTheFailuresOfAHundredNodesAndNoMore() {
        for (var number = 0; number <= MeshPool.WAITING_MAX; number++) {
            pool.unreachable(node(number), NOW);
        }

        assertThat(send(0)).as("forgotten, because it is the oldest").containsExactly(dial(0));
        assertThat(send(1)).containsExactly(lost("parcel"));
    }

    @Test
    void dialsAgainWhenALinkIsGoneButNotWhenAnOlderOneIs() {
        linked(1);

        pool.closed(node(1), "an older link");
        assertThat(send(1)).hasOnlyElementsOfType(Effect.Send.class);
        pool.closed(node(1), "link-1");

        assertThat(send(1)).containsExactly(dial(1));
    }

    @Test
    void keepsTheNewerOfTwoLinksToOneNode() {
        linked(1);

        assertThat(pool.linked(node(1), "newer")).containsExactly(new Effect.Evict<>("link-1"));
        assertThat(pool.size()).isEqualTo(1);
    }
}
