package io.macula.actors.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.local.LocalSubscriptions.Added;
import io.macula.actors.local.LocalSubscriptions.LocalSubscription;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.TopicPattern;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalSubscriptionsTest {

    private static final Confirmation KNOWN = new Confirmation.Known();

    private final LocalSubscriptions subscriptions = LocalTables.subscriptions(3, 2, 1_000,
            Runnable::run);
    private final List<Delivery> heard = new ArrayList<>();

    private static TopicPattern pattern(String text) {
        return TopicPattern.of(text).orElseThrow();
    }

    private static Bytes id(int number) {
        return Bytes.utf8("message-" + number);
    }

    private LocalSubscription subscribe(String text) {
        return ((Added.Active) subscriptions.add(pattern(text), heard::add)).subscription();
    }

    @Test
    void deliversToEachSubscriptionThatMatches() {
        subscribe("sensor.*");
        subscribe("sensor.temp");
        subscribe("lamp.**");

        var taken = subscriptions.deliver("sensor.temp", Bytes.utf8("21"), id(1));

        assertThat(taken).isEqualTo(2);
        assertThat(heard).extracting(Delivery::pattern)
                .containsExactlyInAnyOrder("sensor.*", "sensor.temp");
    }

    @Test
    void deliversAMessageThatTookTwoPathsOnce() {
        subscribe("sensor.*");

        subscriptions.deliver("sensor.temp", Bytes.EMPTY, id(1));
        subscriptions.deliver("sensor.temp", Bytes.EMPTY, id(1));

        assertThat(heard).hasSize(1);
    }

    @Test
    void deliversAMessageOnceWhenManyPathsBringItAtTheSameTime() throws Exception {
        var all = new ConcurrentLinkedQueue<Bytes>();
        var wide = LocalTables.subscriptions(10, 10_000, 100_000, Runnable::run);
        wide.add(pattern("**"), delivery -> all.add(delivery.payload()));

        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var path = 0; path < 8; path++) {
                pool.execute(() -> IntStream.range(0, 1_000)
                        .forEach(number -> wide.deliver("a.b", id(number), id(number))));
            }
        }

        assertThat(all).hasSize(1_000).doesNotHaveDuplicates();
    }

    @Test
    void tellsTheMeshOfAPatternOnlyTheFirstTime() {
        var first = subscriptions.add(pattern("a.*"), heard::add);
        var second = subscriptions.add(pattern("a.*"), heard::add);

        assertThat(((Added.Active) first).firstOfPattern()).isTrue();
        assertThat(((Added.Active) second).firstOfPattern()).isFalse();
        assertThat(subscriptions.patterns()).containsExactly(pattern("a.*"));
        assertThat(subscriptions.remove(((Added.Active) first).subscription())).isFalse();
        assertThat(subscriptions.isWanted(pattern("a.*"))).isTrue();
        assertThat(subscriptions.remove(((Added.Active) second).subscription())).isTrue();
        assertThat(subscriptions.isWanted(pattern("a.*"))).isFalse();
    }

    @Test
    void removesASubscriptionOnce() {
        var subscription = subscribe("a.b");

        assertThat(subscriptions.remove(subscription)).isTrue();
        assertThat(subscriptions.remove(subscription)).isFalse();
        assertThat(subscriptions.deliver("a.b", Bytes.EMPTY, id(1))).isZero();
    }

    @Test
    void takesNoMoreSubscriptionsThanItMay() {
        IntStream.range(0, 3).forEach(number -> subscribe("a." + number));

        assertThat(subscriptions.add(pattern("b"), heard::add)).isEqualTo(new Added.Full(3));
    }

    @Test
    void confirmsALateSubscriberOfAPatternThatIsKnown() {
        var early = subscribe("a.*");
        subscriptions.confirm(pattern("a.*"), KNOWN);
        var late = subscribe("a.*");

        assertThat(early.confirmed().toCompletableFuture()).isCompletedWithValue(KNOWN);
        assertThat(late.confirmed().toCompletableFuture()).isCompletedWithValue(KNOWN);
    }

    @Test
    void forgetsTheAnswerWithTheLastSubscriberOfItsPattern() {
        var early = subscribe("a.*");
        subscriptions.confirm(pattern("a.*"), KNOWN);
        subscriptions.remove(early);

        assertThat(subscribe("a.*").confirmed().toCompletableFuture()).isNotDone();
    }

    @Test
    void countsOnlyTheFirstAnswerOfASubscription() {
        var subscription = subscribe("a.*");
        var refused = new Confirmation.Refused("limit_reached", "too many");

        subscriptions.confirm(pattern("a.*"), refused);
        subscriptions.confirm(pattern("a.*"), KNOWN);

        assertThat(subscription.confirmed().toCompletableFuture()).isCompletedWithValue(refused);
    }

    @Test
    void ignoresAnAnswerToWhatNobodyAsked() {
        subscriptions.confirm(pattern("nobody.*"), KNOWN);

        assertThat(subscribe("nobody.*").confirmed().toCompletableFuture()).isNotDone();
    }

    @Test
    void neverRunsWhoeverWaitsForAnAnswerOnTheThreadThatBringsIt() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        var later = LocalTables.subscriptions(3, 2, 10, tasks::add);
        var added = (Added.Active) later.add(pattern("a"), heard::add);
        var answers = new ArrayList<Confirmation>();
        added.subscription().confirmed().thenAccept(answers::add);

        later.confirm(pattern("a"), KNOWN);

        assertThat(answers).isEmpty();
        tasks.forEach(Runnable::run);
        assertThat(answers).containsExactly(KNOWN);
    }

    @Test
    void countsWhatASlowSubscriptionLosesWithoutHoldingUpOthers() {
        Queue<Runnable> never = new ArrayDeque<>();
        var slow = LocalTables.subscriptions(3, 2, 1_000, never::add);
        slow.add(pattern("a"), heard::add);
        IntStream.range(0, 3).forEach(number -> slow.deliver("a", Bytes.EMPTY, id(number)));
        slow.add(pattern("a"), heard::add);

        var taken = slow.deliver("a", Bytes.EMPTY, id(3));

        assertThat(taken).isEqualTo(1);
        assertThat(slow.dropped()).isEqualTo(2);
    }
}
