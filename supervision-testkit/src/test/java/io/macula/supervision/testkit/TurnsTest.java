package io.macula.supervision.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ThreadGroup group = new ThreadGroup("turns-test");
    private final Turns turns = new Turns(group, 1);

    @AfterEach
    void end() {
        turns.end();
    }

    private List<Integer> orderOf(int count) {
        var order = Collections.synchronizedList(new ArrayList<Integer>());
        turns.pause();
        for (int i = 0; i < count; i++) {
            int number = i;
            turns.execute(() -> order.add(number));
        }
        turns.resume();
        assertThat(turns.awaitQuiet(PATIENCE)).isTrue();
        return order;
    }

    @Test
    void theSeedDecidesTheOrderAndNothingIsLost() {
        turns.reseed(3);
        var first = orderOf(100);
        turns.reseed(3);
        var again = orderOf(100);
        var other = orderOf(100);

        assertThat(first).hasSize(100).doesNotHaveDuplicates().isEqualTo(again);
        assertThat(other).isNotEqualTo(first).containsExactlyInAnyOrderElementsOf(first);
    }

    @Test
    void oneTurnIsTakenAtATimeAlsoByTurnsThatTurnsAskFor() {
        var atOnce = new AtomicInteger();
        var most = new AtomicInteger();
        var done = new AtomicInteger();
        for (int i = 0; i < 200; i++) {
            turns.execute(() -> {
                most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                turns.execute(done::incrementAndGet);
                atOnce.decrementAndGet();
            });
        }

        assertThat(turns.awaitQuiet(PATIENCE)).isTrue();
        assertThat(most).hasValue(1);
        assertThat(done).hasValue(200);
    }

    @Test
    void aTurnThatBlocksIsSetAsideAndTheOthersGoOn() throws Exception {
        var gate = new CountDownLatch(1);
        var done = new AtomicInteger();
        turns.execute(() -> {
            try {
                gate.await();
            } catch (InterruptedException _) {
                return;
            }
            turns.execute(done::incrementAndGet);
        });
        for (int i = 0; i < 10; i++) {
            turns.execute(done::incrementAndGet);
        }

        assertThat(turns.awaitQuiet(PATIENCE)).isTrue();
        assertThat(done).hasValue(10);
        gate.countDown();
        assertThat(Calm.until(() -> done.get() == 11, PATIENCE)).isTrue();
    }

    @Test
    void whatHangsWithTheLabsKnowledgeComesBackInATurnOfItsOwn() {
        var hung = new Hung(false, turns.lock());
        var order = Collections.synchronizedList(new ArrayList<String>());
        turns.execute(() -> {
            try {
                turns.hang(hung);
                order.add("back");
            } catch (InterruptedException _) {
                order.add("interrupted");
            }
        });
        assertThat(turns.awaitQuiet(PATIENCE)).isTrue();
        turns.execute(() -> order.add("other"));
        assertThat(turns.awaitQuiet(PATIENCE)).isTrue();

        hung.release();

        assertThat(turns.awaitQuiet(PATIENCE)).isTrue();
        assertThat(order).containsExactly("other", "back");
    }

    @Test
    void whatNeverEndsIsNotQuiet() {
        var over = new AtomicInteger();
        turns.execute(new Runnable() {
            @Override
            public void run() {
                if (over.get() == 0) {
                    turns.execute(this);
                }
            }
        });

        assertThat(turns.awaitQuiet(Duration.ofMillis(50))).isFalse();
        over.set(1);
        assertThat(turns.awaitQuiet(PATIENCE)).isTrue();
    }
}
