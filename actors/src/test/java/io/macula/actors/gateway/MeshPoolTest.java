package io.macula.actors.gateway;

import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.gateway.MeshPool.Effect;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.Ping;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeshPoolTest {

    private final MeshPool<String> pool = new MeshPool<>(2);

    private static Message message(int number) {
        return new Ping(number);
    }

    private void linked(int... nodes) {
        for (var number : nodes) {
            pool.forward(node(number), message(0));
            pool.linked(node(number), "link-" + number);
        }
    }

    private List<Effect<String>> send(int number) {
        return pool.forward(node(number), message(7));
    }

    @Test
    void dialsOnceAndSendsWhatWaitedInOrder() {
        assertThat(pool.forward(node(1), message(1)))
                .containsExactly(new Effect.Locate<>(node(1)));
        assertThat(pool.forward(node(1), message(2))).isEmpty();

        assertThat(pool.linked(node(1), "link-1")).containsExactly(
                new Effect.Send<>(node(1), "link-1", message(1)),
                new Effect.Send<>(node(1), "link-1", message(2)));
        assertThat(send(1)).containsExactly(new Effect.Send<>(node(1), "link-1", message(7)));
    }

    @Test
    void evictsTheLinkThatWasUsedLongestAgo() {
        linked(1, 2);
        send(1);
        pool.forward(node(3), message(0));

        assertThat(pool.linked(node(3), "link-3")).first()
                .isEqualTo(new Effect.Evict<>("link-2"));
        assertThat(send(2)).containsExactly(new Effect.Locate<>(node(2)));
    }

    @Test
    void keepsAThousandLinksAndNoMore() {
        var large = new MeshPool<Integer>(1_000);
        var evicted = 0;
        for (var number = 0; number < 1_500; number++) {
            large.forward(node(number), message(0));
            var effects = large.linked(node(number), number);
            evicted += (int) effects.stream().filter(Effect.Evict.class::isInstance).count();
        }

        assertThat(evicted).isEqualTo(500);
        assertThat(large.size()).isEqualTo(1_000);
    }

    @Test
    void losesAndCountsWhatDoesNotFitBeforeADial() {
        for (var number = 0; number < MeshPool.WAITING_MAX; number++) {
            pool.forward(node(1), message(number));
        }

        assertThat(pool.forward(node(1), message(0))).containsExactly(new Effect.Lost<>(1));
        assertThat(pool.unreachable(node(1)))
                .containsExactly(new Effect.Lost<>(MeshPool.WAITING_MAX));
        assertThat(pool.unreachable(node(1))).isEmpty();
        assertThat(send(1)).containsExactly(new Effect.Locate<>(node(1)));
    }

    @Test
    void hasNoMoreDialsUnderWayThanLinks() {
        send(1);
        send(2);

        assertThat(send(3)).containsExactly(new Effect.Lost<>(1));
        pool.unreachable(node(1));
        assertThat(send(3)).containsExactly(new Effect.Locate<>(node(3)));
    }

    @Test
    void dialsAgainWhenALinkIsGoneButNotWhenAnOlderOneIs() {
        linked(1);

        pool.closed(node(1), "an older link");
        assertThat(send(1)).hasOnlyElementsOfType(Effect.Send.class);
        pool.closed(node(1), "link-1");

        assertThat(send(1)).containsExactly(new Effect.Locate<>(node(1)));
    }

    @Test
    void keepsTheNewerOfTwoLinksToOneNode() {
        linked(1);

        assertThat(pool.linked(node(1), "newer")).containsExactly(new Effect.Evict<>("link-1"));
        assertThat(pool.size()).isEqualTo(1);
    }
}
