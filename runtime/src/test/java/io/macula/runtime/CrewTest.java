package io.macula.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Tasks that may block, on threads that take one after the other.
class CrewTest {

    private static final int MANY = 100_000;

    private final Queue<Runnable> begun = new ArrayDeque<>();
    private final AtomicInteger ran = new AtomicInteger();

    @Test
    void beginsOneThreadForABurst() {
        var crew = new Crew(begun::add);
        for (var i = 0; i < 10; i++) {
            crew.execute(ran::incrementAndGet);
        }
        assertThat(begun).hasSize(1);

        begun.remove().run();

        assertThat(ran).hasValue(10);
        assertThat(begun).as("one is kept ready while tasks wait").hasSize(1);
        begun.remove().run();
        crew.execute(ran::incrementAndGet);
        assertThat(begun).as("nobody is left").hasSize(1);
    }

    @Test
    void letsNoTaskWaitBehindOneThatBlocks() throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var crew = new Crew(threads);
            var all = new CountDownLatch(1_000);
            for (var i = 0; i < 1_000; i++) {
                crew.execute(() -> {
                    all.countDown();
                    await(all); // ends only when each of them runs at the same time
                });
            }

            assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void runsEachTaskOnceWhoeverBringsIt() throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var crew = new Crew(threads);
            var all = new CountDownLatch(4 * MANY);
            for (var bringer = 0; bringer < 4; bringer++) {
                Thread.ofPlatform().start(() -> {
                    for (var i = 0; i < MANY; i++) {
                        crew.execute(() -> {
                            ran.incrementAndGet();
                            all.countDown();
                        });
                    }
                });
            }

            assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(ran).hasValue(4 * MANY);
        }
    }

    @Test
    void survivesATaskThatFailsAndForgetsItsInterrupt() {
        var crew = new Crew(begun::add);
        var isInterrupted = new AtomicBoolean();
        crew.execute(() -> {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("said in a test");
        });
        crew.execute(() -> {
            throw new AssertionError("said in a test");
        });
        crew.execute(() -> isInterrupted.set(Thread.currentThread().isInterrupted()));
        crew.execute(ran::incrementAndGet);

        begun.remove().run();

        assertThat(ran).hasValue(1);
        assertThat(isInterrupted).isFalse();
    }

    @Test
    void handsNoClassLoaderFromOneTaskToTheNext() {
        var crew = new Crew(begun::add);
        var own = Thread.currentThread().getContextClassLoader();
        var seen = new ArrayList<ClassLoader>();
        crew.execute(() -> Thread.currentThread()
                .setContextClassLoader(
                        new ClassLoader(own) {}));
        crew.execute(() -> seen.add(Thread.currentThread().getContextClassLoader()));

        begun.remove().run();

        assertThat(seen).containsExactly(own);
    }

    @Test
    void saysThatNoThreadIsBegunAnyMore() {
        var isOver = new AtomicBoolean(true);
        var crew = new Crew(task -> {
            if (isOver.get()) {
                throw new RejectedExecutionException();
            }
            begun.add(task);
        });
        assertThatThrownBy(() -> crew.execute(ran::incrementAndGet))
                .isInstanceOf(RejectedExecutionException.class);

        isOver.set(false);
        crew.execute(ran::incrementAndGet);
        crew.execute(ran::incrementAndGet);
        isOver.set(true);
        begun.remove().run();

        assertThat(ran).as("the refused one never runs, those taken do").hasValue(2);
    }
}
