package io.macula.supervision.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// Writes generated scenarios for the recorder: `GenerateScenarios FILE FIRST_SEED COUNT`.
final class GenerateScenarios {

    private GenerateScenarios() {}

    public static void main(String[] arguments) throws IOException {
        long first = Long.parseLong(arguments[1]);
        long count = Long.parseLong(arguments[2]);
        Files.writeString(Path.of(arguments[0]), LongStream.range(first, first + count)
                .mapToObj(ScenarioGenerator::scenario)
                .map(scenario -> "== " + scenario.name() + "\n"
                        + String.join("\n", scenario.lines()) + "\n")
                .collect(Collectors.joining()));
    }
}
