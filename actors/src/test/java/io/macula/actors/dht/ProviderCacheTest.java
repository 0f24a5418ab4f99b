package io.macula.actors.dht;

import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.dht.NodeId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProviderCacheTest {

    private static final NodeId KEY = node(1);
    private static final List<Provider> ONE = List.of(
            new Provider(node(2), List.of(), List.of(), 0));

    private final ProviderCache cache = new ProviderCache(3, 5_000, 60_000);

    private void found(long now) {
        cache.ask(KEY, now);
        cache.found(KEY, ONE, now);
    }

    @Test
    void looksUpOnceForAllWhoAsk() {
        var first = cache.ask(KEY, 0);
        var second = cache.ask(KEY, 1);

        assertThat(first.mustLookUp()).isTrue();
        assertThat(second.mustLookUp()).isFalse();
        assertThat(second.underWay()).isSameAs(first.underWay());
        assertThat(first.isUsable()).isFalse();
    }

    @Test
    void answersWithoutALookupWhileTheAnswerIsYoung() {
        found(0);

        var known = cache.ask(KEY, 2_500);

        assertThat(known.isFresh()).isTrue();
        assertThat(known.mustLookUp()).isFalse();
        assertThat(known.answer()).contains(ONE);
    }

    @Test
    void looksUpInTheBackgroundBeforeTheAnswerIsOld() {
        found(0);

        var known = cache.ask(KEY, 2_501);

        assertThat(known.isFresh()).isTrue();
        assertThat(known.mustLookUp()).isTrue();
    }

    @Test
    void makesThoseWaitWhoCanWhenTheAnswerIsOld() {
        found(0);

        var known = cache.ask(KEY, 5_001);

        assertThat(known.isFresh()).isFalse();
        assertThat(known.isUsable()).as("by those who cannot wait").isTrue();
        assertThat(cache.ask(KEY, 30_001).isUsable()).isFalse();
    }

    @Test
    void doesNotBelieveWhatIsKnownToHaveChanged() {
        found(0);

        cache.outdate(KEY);

        var known = cache.ask(KEY, 1);
        assertThat(known.isFresh()).isFalse();
        assertThat(known.isUsable()).isTrue();
        assertThat(known.mustLookUp()).isTrue();
        assertThat(cache.ask(KEY, 2).isFresh()).as("the lookup is under way").isFalse();
        cache.found(KEY, List.of(), 3);
        assertThat(cache.ask(KEY, 4).isFresh()).isTrue();
    }

    @Test
    void doesNotBelieveALookupThatBeganBeforeTheChange() {
        cache.ask(KEY, 0);
        cache.outdate(KEY);
        cache.found(KEY, ONE, 1);

        assertThat(cache.ask(KEY, 2).isFresh()).isFalse();
    }

    @Test
    void keepsTheOldAnswerWhenNobodyWasReached() {
        found(0);
        cache.ask(KEY, 6_000);

        assertThat(cache.failed(KEY, 6_100)).isEqualTo(ONE);
        assertThat(cache.ask(KEY, 6_200).mustLookUp()).as("it is tried again").isTrue();
        assertThat(cache.failed(KEY, 30_001)).as("that is too old").isEmpty();
    }

    @Test
    void looksOnceMoreALittleAfterAFirstAnswerThatNamedNobody() {
        cache.ask(KEY, 0);
        cache.found(KEY, List.of(), 10);

        assertThat(cache.nextLookMillis()).isEqualTo(510);
        assertThat(cache.due(509)).isEmpty();
        var due = cache.due(510);

        assertThat(due).extracting(ProviderCache.Look::key).containsExactly(KEY);
        assertThat(cache.ask(KEY, 511).underWay()).isSameAs(due.getFirst().underWay());
        cache.found(KEY, List.of(), 520);
        assertThat(cache.nextLookMillis()).as("only once").isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void doesNotLookOnceMoreWhenSomebodyWasNamedOrALookupIsUnderWay() {
        found(0);
        assertThat(cache.nextLookMillis()).isEqualTo(Long.MAX_VALUE);

        cache.ask(node(2), 0);
        cache.found(node(2), List.of(), 0);
        cache.outdate(node(2));
        assertThat(cache.ask(node(2), 1).mustLookUp()).isTrue();

        assertThat(cache.due(500)).isEmpty();
        assertThat(cache.nextLookMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void forgetsTheKeyAskedForLongestAgoForANewOne() {
        found(0);
        cache.ask(node(2), 1);
        cache.ask(node(3), 2);
        cache.ask(KEY, 3);

        cache.ask(node(4), 4);

        assertThat(cache.size()).isEqualTo(3);
        assertThat(cache.ask(KEY, 5).answer()).contains(ONE);
    }

    @Test
    void forgetsWhatNobodyAsksFor() {
        found(0);
        cache.ask(node(2), 0);
        cache.found(node(2), ONE, 0);

        cache.ask(node(3), 60_001);

        assertThat(cache.size()).isOne();
    }
}
