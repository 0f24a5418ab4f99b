package io.macula.supervision.testkit;

import static io.macula.supervision.testkit.Workshop.PARSER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.macula.supervision.Supervisor;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// What the extension gives a test, and tells with its failure.
class SupervisedTest {

    @SuppressWarnings("NullAway.Init") // the extension sets it
    @Supervised(seed = 5) private Lab field;

    private @Nullable Lab before;

    @BeforeEach
    void start(@Supervised Lab lab) {
        before = lab;
    }

    @AfterEach
    void isStillOpen(@Supervised Lab lab) {
        lab.settle();
    }

    @Test
    void oneTestHasOneLabWhereverItAsksForIt(@Supervised(seed = 6) Lab lab) {
        assertThat(lab).isSameAs(field).isSameAs(before);
        assertThat(lab.seed()).isEqualTo(5);
    }

    @Test
    void aLabInRealTimeIsGivenWhenAskedForFirst() {
        var result = run(InRealTime.class, "isInRealTime");

        assertThat(result.getStatus()).isEqualTo(TestExecutionResult.Status.SUCCESSFUL);
    }

    // --- tests that are run by these tests, and by nobody else

    static final class InRealTime {
        @Test
        void isInRealTime(@Supervised(inRealTime = true) Lab lab) {
            assertThat(lab.rig().world().isManual()).isFalse();
        }
    }

    static final class Failing {

        private static final long LINGER_NANOS = 15_000_000_000L;

        static @Nullable Lab last;

        @Test
        void fails(@Supervised(seed = 9) Lab lab) {
            last = lab;
            lab.start(new Workshop().spec());
            lab.crash(PARSER, new IOException("link lost"));
            throw new IllegalStateException("the test's own failure");
        }

        @Test
        void leaks(@Supervised Lab lab) {
            lab.start(Supervisor.oneForOne().child(PARSER, Behaviors.setup(_ -> {
                new Thread(() -> LockSupport.parkNanos(LINGER_NANOS), "lingering").start();
                return Behaviors.empty();
            })));
        }
    }

    static final class Misused {
        @Supervised static @Nullable Lab shared;

        @Test
        void neverRuns() {
            assertThat(shared).isNull();
        }
    }

    static final class MisusedParameter {
        @Test
        void neverRuns(@Supervised String lab) {
            assertThat(lab).isNull();
        }
    }

    private static TestExecutionResult run(Class<?> type, String method) {
        var results = new ConcurrentLinkedQueue<TestExecutionResult>();
        var listener = new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                    results.add(result);
                }
            }
        };
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(type))
                .filters((PostDiscoveryFilter) test -> FilterResult.includedIf(
                        !test.isTest() || test.getDisplayName().startsWith(method)))
                .build();
        try (LauncherSession session = LauncherFactory.openSession()) {
            session.getLauncher().execute(request, listener);
        }
        return results.element();
    }

    private static Throwable failureOf(Class<?> type, String method) {
        return run(type, method).getThrowable().orElseThrow();
    }

    @Test
    void aFailureComesWithTheSeedTheTraceAndTheTreeAndTheLabIsClosed() {
        var failure = failureOf(Failing.class, "fails");

        assertThat(failure).hasMessage("the test's own failure");
        var told = Arrays.stream(failure.getSuppressed()).map(Object::toString).toList();
        assertThat(told).singleElement()
                .satisfies(text -> assertThat(text).contains("exit parser#1 failed IOException",
                        "start writer#2", "seed 9", "├─ parser#2  running"));
        assertThatIllegalStateException()
                .isThrownBy(() -> Objects.requireNonNull(Failing.last).settle())
                .withMessage("this lab is closed");
    }

    @Test
    void aLeakFailsATestThatPassedOtherwise() {
        assertThat(failureOf(Failing.class, "leaks")).isInstanceOf(AssertionError.class)
                .hasMessageContaining("the thread 'lingering' still runs");
    }

    @Test
    void aFieldOrParameterThatCannotHoldALabIsRefusedInASentence() {
        assertThat(List.of(failureOf(Misused.class, "neverRuns").getMessage(),
                failureOf(MisusedParameter.class, "neverRuns").getMessage()))
                .satisfiesExactly(
                        field -> assertThat(field).contains(
                                "@Supervised belongs to a field of type Lab that is neither "
                                        + "static nor final"),
                        parameter -> assertThat(parameter).contains(
                                "@Supervised belongs to a parameter of type Lab"));
    }
}
