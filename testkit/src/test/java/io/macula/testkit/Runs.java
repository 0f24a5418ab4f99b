package io.macula.testkit;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// Runs the tests of a class inside a test, and says what became of them.
final class Runs {

    private Runs() {}

    /// Of tests, and of classes that failed as a whole, in the order in which they ended.
    static List<TestExecutionResult> of(Class<?> type) {
        var results = new ConcurrentLinkedQueue<TestExecutionResult>();
        var listener = new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest() || result.getThrowable().isPresent()) {
                    results.add(result);
                }
            }
        };
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(type))
                .build();
        try (LauncherSession session = LauncherFactory.openSession()) {
            session.getLauncher().execute(request, listener);
        }
        return List.copyOf(results);
    }

    static Throwable failureOf(Class<?> type) {
        return of(type).getFirst().getThrowable().orElseThrow();
    }
}
