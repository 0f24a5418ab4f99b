package io.macula.actors.local;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SerialQueueTest {

    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final List<Integer> seen = new ArrayList<>();

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }
    }

    @Test
    void handsItemsOverInOrder() {
        var queue = new SerialQueue<Integer>(100, tasks::add, seen::add);

        IntStream.range(0, 100).forEach(queue::offer);
        runTasks();

        assertThat(seen).containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void refusesWhatDoesNotFitAndTakesAgainLater() {
        var queue = new SerialQueue<Integer>(2, tasks::add, seen::add);

        assertThat(List.of(queue.offer(1), queue.offer(2), queue.offer(3)))
                .containsExactly(true, true, false);
        runTasks();

        assertThat(queue.offer(4)).isTrue();
        runTasks();
        assertThat(seen).containsExactly(1, 2, 4);
    }

    @Test
    void goesOnAfterAConsumerThrows() {
        var queue = new SerialQueue<Integer>(10, tasks::add, item -> {
            if (item == 1) {
                throw new IllegalStateException("planted");
            }
            if (item == 2) {
                throw new AssertionError("planted");
            }
            seen.add(item);
        });

        IntStream.range(0, 4).forEach(queue::offer);
        runTasks();
        queue.offer(4);
        runTasks();

        assertThat(seen).containsExactly(0, 3, 4);
    }

    @Test
    void dropsWhatWaitsWhenItIsClosed() {
        var queue = new SerialQueue<Integer>(10, tasks::add, seen::add);

        queue.offer(1);
        queue.close();
        runTasks();

        assertThat(queue.offer(2)).isFalse();
        assertThat(seen).isEmpty();
    }

    @Test
    void refusesWhenItsExecutorHasStopped() {
        var queue = new SerialQueue<Integer>(10, _ -> {
            throw new RejectedExecutionException("stopped");
        }, seen::add);

        assertThat(queue.offer(1)).isFalse();
        assertThat(queue.offer(2)).isFalse();
    }

    @Test
    void losesNothingAndOverlapsNothingUnderManyProducers() throws Exception {
        var inside = new AtomicInteger();
        var overlaps = new AtomicInteger();
        var items = Collections.synchronizedList(new ArrayList<Integer>());
        var done = new CountDownLatch(8_000);
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var queue = new SerialQueue<Integer>(8_000, pool, item -> {
                overlaps.addAndGet(inside.getAndIncrement());
                items.add(item);
                inside.decrementAndGet();
                done.countDown();
            });

            for (var producer = 0; producer < 8; producer++) {
                var first = producer * 1_000;
                pool.execute(() -> IntStream.range(first, first + 1_000).forEach(queue::offer));
            }

            assertThat(done.await(20, SECONDS)).isTrue();
        }
        assertThat(overlaps).hasValue(0);
        assertThat(items).hasSize(8_000).doesNotHaveDuplicates();
        for (var producer = 0; producer < 8; producer++) {
            var from = producer;
            assertThat(items.stream().filter(item -> item / 1_000 == from).toList()).isSorted();
        }
    }
}
