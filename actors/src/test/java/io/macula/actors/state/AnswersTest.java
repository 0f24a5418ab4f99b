package io.macula.actors.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class AnswersTest {

    private static final int COUNT = 100;

    @AutoClose private final ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor();
    @AutoClose private final ExecutorService single = Executors.newSingleThreadExecutor();

    private final List<CompletableFuture<String>> asked = Stream
            .generate(CompletableFuture<String>::new)
            .limit(COUNT)
            .toList();

    private void give(Executor executor) {
        var answers = new Answers(executor);
        asked.forEach(future -> answers.add(future, "done"));
        answers.give();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void all(List<CompletableFuture<Void>> dependents) {
        CompletableFuture.allOf(dependents.toArray(CompletableFuture[]::new))
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void whatBlocksHoldsUpNobodyElse() {
        var allOthers = new CountDownLatch(COUNT - 1);
        var blocks = asked.getFirst().thenAccept(_ -> await(allOthers));
        asked.stream().skip(1).forEach(future -> future.thenRun(allOthers::countDown));

        give(virtual);

        all(List.of(blocks));
    }

    @Test
    void allMayBlockAndWaitForEachOther() {
        var everybody = new CountDownLatch(COUNT);
        var dependents = asked.stream().map(future -> future.thenAccept(_ -> {
            everybody.countDown();
            await(everybody);
        })).toList();

        give(virtual);

        all(dependents);
    }

    @Test
    void whatDependsOnThemNeverRunsOnTheThreadThatGivesThem() {
        var giver = Thread.currentThread();
        var dependents = asked.stream()
                .map(future -> future.thenAccept(
                        _ -> assertThat(Thread.currentThread()).isNotSameAs(giver)))
                .toList();

        give(virtual);

        all(dependents);
    }

    @Test
    void manyQuickOnesAreGivenByOneThreadWithOneInReserve() throws InterruptedException {
        var tasks = new AtomicInteger();

        give(task -> {
            tasks.incrementAndGet();
            single.execute(task);
        });

        single.shutdown();
        assertThat(single.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(asked).allMatch(future -> future.isDone() && future.join().equals("done"));
        assertThat(tasks).hasValue(2);
    }

    @Test
    void areGivenByTheCallerWhereNoThreadIsToBeHad() {
        single.shutdown();

        give(single);

        assertThat(asked).allMatch(CompletableFuture::isDone);
    }
}
