package io.macula.supervision.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.SpawnProtocol;

/// Plays scenarios against our supervisor, one after the other, in an actor system of its own.
///
/// ```java
/// try (var runner = new ScenarioRunner()) {
///     for (var scenario : ScenarioFile.parse(file)) {
///         runner.run(scenario).firstDifference().ifPresent(System.out::println);
///     }
/// }
/// ```
public final class ScenarioRunner implements AutoCloseable {

    private final ActorSystem<SpawnProtocol.Command> system = ActorSystem
            .create(SpawnProtocol.create(), "scenarios");
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Duration limit;
    private int played;

    public ScenarioRunner() {
        this(Duration.ofSeconds(60));
    }

    /// @param limit on the time of one scenario; past it the outcome holds every thread's stack
    public ScenarioRunner(Duration limit) {
        this.limit = limit;
    }

    public synchronized Outcome run(Scenario scenario) throws InterruptedException {
        var run = new Run(system, "scenario-" + played++, scenario);
        var playing = threads.submit(run::play);
        try {
            return new Outcome(scenario, playing.get(limit.toMillis(), TimeUnit.MILLISECONDS),
                    List.of());
        } catch (TimeoutException late) {
            var stacks = stacks();
            playing.cancel(true);
            return new Outcome(scenario, run.soFar(), stacks);
        } catch (ExecutionException fault) {
            throw new IllegalStateException("scenario " + scenario.name() + " could not be played",
                    fault.getCause());
        }
    }

    private static List<String> stacks() {
        var lines = new ArrayList<String>();
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            lines.add(thread.getName() + " " + thread.getState());
            for (var frame : stack) {
                lines.add("    at " + frame);
            }
        });
        return lines;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        system.terminate();
    }
}
