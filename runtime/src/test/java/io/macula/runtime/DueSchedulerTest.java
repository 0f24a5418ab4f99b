package io.macula.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.Scheduler;
import org.apache.pekko.actor.SchedulerException;
import org.apache.pekko.event.NoLogging;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import scala.concurrent.ExecutionContext;

class DueSchedulerTest {

    private static final Duration SOON = Duration.ofMillis(30);
    private static final Duration LATE = Duration.ofHours(1);

    private final AtomicReference<Thread> thread = new AtomicReference<>();
    private final ExecutionContext here = ExecutionContext.fromExecutor(Runnable::run);
    private final BlockingQueue<Long> told = new LinkedBlockingQueue<>();
    private final DueScheduler scheduler = new DueScheduler(ConfigFactory.empty(),
            NoLogging.getInstance(), task -> {
                var made = new Thread(task, "due");
                thread.set(made);
                return made;
            });

    @AfterEach
    void close() {
        scheduler.close();
    }

    private void tell() {
        told.add(System.nanoTime());
    }

    private long next() throws InterruptedException {
        return Objects.requireNonNull(told.poll(20, TimeUnit.SECONDS), "nothing was told");
    }

    @Test
    void isTheOneThatNodesAreConfiguredWith() {
        assertThat(ConfigFactory.parseResources("macula-pekko.conf")
                .getString("pekko.scheduler.implementation"))
                .isEqualTo(DueScheduler.class.getName());
    }

    @Test
    void runsATaskWhenItIsDueAndNotBefore() throws InterruptedException {
        var from = System.nanoTime();

        scheduler.scheduleOnce(SOON, this::tell, here);

        assertThat(next() - from).isGreaterThanOrEqualTo(SOON.toNanos());
    }

    @Test
    void sleepsUntilSomethingIsDue() throws InterruptedException {
        var threads = ManagementFactory.getThreadMXBean();
        scheduler.scheduleOnce(LATE, () -> {}, here);
        scheduler.scheduleOnce(SOON, this::tell, here);
        next();
        var before = threads.getThreadInfo(thread.get().threadId()).getWaitedCount();

        scheduler.scheduleOnce(Duration.ofMillis(500), this::tell, here);
        next();

        assertThat(threads.getThreadInfo(thread.get().threadId()).getWaitedCount() - before)
                .as("a tick of 10 ms would have woken it fifty times")
                .isLessThan(10);
    }

    @Test
    void whatIsCancelledDoesNotRunAndSaysSo() throws InterruptedException {
        var cancelled = scheduler.scheduleOnce(SOON, () -> told.add(-1L), here);

        assertThat(cancelled.cancel()).isTrue();
        assertThat(cancelled.cancel()).isFalse();
        assertThat(cancelled.isCancelled()).isTrue();
        var ran = scheduler.scheduleOnce(SOON.multipliedBy(3), this::tell, here);
        assertThat(next()).as("only the one after it").isPositive();
        assertThat(ran.isCancelled()).isFalse();
    }

    @Test
    void repeatsUntilItIsCancelled() throws InterruptedException {
        for (var repeated : new org.apache.pekko.actor.Cancellable[]{
            scheduler.scheduleAtFixedRate(SOON, SOON, this::tell, here),
            scheduler.scheduleWithFixedDelay(SOON, SOON, this::tell, here)}) {
            next();
            next();
            next();

            assertThat(repeated.cancel()).isTrue();
            assertThat(repeated.isCancelled()).isTrue();
        }
    }

    @Test
    void aRepetitionEndsWhenWhomItTellsIsGone() throws InterruptedException {
        var gone = scheduler.scheduleAtFixedRate(SOON, SOON, () -> {
            tell();
            throw new SchedulerException("gone");
        }, here);
        next();

        scheduler.scheduleOnce(SOON.multipliedBy(3), () -> told.add(-1L), here);

        assertThat(next()).as("it did not run again").isEqualTo(-1);
        assertThat(gone.isCancelled()).isTrue();
    }

    /// Wants to run when everything ends.
    private record Last(CountDownLatch ran) implements Scheduler.TaskRunOnClose {

        @Override
        public void run() {
            ran.countDown();
        }
    }

    @Test
    void atItsEndRunsOnlyWhatWantsToAndTakesNothingMore() {
        var last = new Last(new CountDownLatch(1));
        scheduler.scheduleOnce(LATE, last, here);
        scheduler.scheduleOnce(LATE, this::tell, here);

        scheduler.close();

        assertThat(last.ran().getCount()).isZero();
        assertThat(told).isEmpty();
        assertThat(thread.get().isAlive()).isFalse();
        assertThatThrownBy(() -> scheduler.scheduleOnce(SOON, this::tell, here))
                .isInstanceOf(SchedulerException.class);
    }
}
