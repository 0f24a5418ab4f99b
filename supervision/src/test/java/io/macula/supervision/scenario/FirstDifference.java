package io.macula.supervision.scenario;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/// Plays scenarios until one differs and names it; empty when none does. Loaded beside a mutant, so it
/// speaks to its caller in classes of the JDK only.
public final class FirstDifference implements Function<List<String>, String> {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    public FirstDifference() {}

    @Override
    public String apply(List<String> file) {
        try (var runner = new ScenarioRunner(LIMIT)) {
            for (var scenario : ScenarioFile.parse(file)) {
                var outcome = runner.run(scenario);
                if (!outcome.isEqual()) {
                    return scenario.name() + " " + outcome.firstDifference();
                }
            }
            return "";
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
