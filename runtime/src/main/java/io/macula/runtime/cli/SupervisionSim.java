package io.macula.runtime.cli;

import io.macula.supervision.scenario.Outcome;
import io.macula.supervision.scenario.Scenario;
import io.macula.supervision.scenario.ScenarioFile;
import io.macula.supervision.scenario.ScenarioFormatException;
import io.macula.supervision.scenario.ScenarioRunner;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out `sim supervision`.
final class SupervisionSim {

    private static final Logger LOG = LoggerFactory.getLogger(SupervisionSim.class);

    private final Console console;

    SupervisionSim(Console console) {
        this.console = console;
    }

    int run(String file, boolean check) throws InterruptedException {
        var path = Path.of(file);
        if (!Files.exists(path)) {
            return console.fail(ExitCode.NOT_FOUND, "there is no file " + file);
        }
        List<Scenario> scenarios;
        try {
            scenarios = ScenarioFile.parse(path);
        } catch (ScenarioFormatException e) {
            return console.fail(ExitCode.USAGE, file + ": " + e.getMessage());
        } catch (CharacterCodingException e) {
            return console.fail(ExitCode.USAGE, file + " is not a text file in UTF-8");
        } catch (IOException e) {
            return console.fail(ExitCode.FAILED, "cannot read " + file + ": " + e.getMessage());
        }
        LOG.atDebug().addKeyValue("scenarios", scenarios.size()).log("playing");
        try (var runner = new ScenarioRunner()) {
            return check ? compare(scenarios, runner) : print(scenarios, runner);
        }
    }

    private int print(List<Scenario> scenarios, ScenarioRunner runner)
            throws InterruptedException {
        for (var scenario : scenarios) {
            console.print(
                    ScenarioFile.print(scenario, runner.run(scenario).trace()).stripTrailing());
        }
        return ExitCode.OK.number();
    }

    private int compare(List<Scenario> scenarios, ScenarioRunner runner)
            throws InterruptedException {
        var equal = 0;
        var played = 0;
        for (var scenario : scenarios) {
            var outcome = runner.run(scenario);
            if (outcome.isEqual()) {
                equal++;
            } else if (equal == played) {
                tell(outcome);
            }
            played++;
        }
        console.print(scenarios.size() + " scenarios, " + equal + " equal");
        return (equal == scenarios.size() ? ExitCode.OK : ExitCode.FAILED).number();
    }

    /// The first difference of all; those after it are only counted.
    private void tell(Outcome outcome) {
        outcome.firstDifference().ifPresent(difference -> {
            console.print("== " + outcome.scenario().name() + ", line " + difference.line());
            console.print("expected: " + difference.expected());
            console.print("but got:  " + difference.actual());
        });
    }
}
