package io.macula.supervision.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads and prints files of scenarios. A section begins with `== NAME`, its stimuli follow, then
/// optionally `-- trace` and the expected lines. Lines that begin with `#` are comments. A file
/// without any `==` line is one scenario.
public final class ScenarioFile {

    private static final String HEAD = "== ";
    private static final String TRACE = "-- trace";
    private static final int LINE_LENGTH_MAX = 1_000;

    private final List<Scenario> scenarios = new ArrayList<>();
    private String name = "scenario";
    private boolean open;
    private boolean inTrace;
    private ScenarioReader reader = new ScenarioReader();
    private final List<String> lines = new ArrayList<>();
    private final List<String> expected = new ArrayList<>();

    private ScenarioFile() {}

    /// @throws ScenarioFormatException when a line is not understood
    public static List<Scenario> parse(Path file) throws IOException {
        return parse(Files.readAllLines(file));
    }

    /// @throws ScenarioFormatException when a line is not understood
    public static List<Scenario> parse(List<String> text) {
        var file = new ScenarioFile();
        for (int index = 0; index < text.size(); index++) {
            file.line(index + 1, text.get(index).strip());
        }
        file.close(text.size());
        return List.copyOf(file.scenarios);
    }

    private void line(int number, String line) {
        if (line.length() > LINE_LENGTH_MAX) {
            throw new ScenarioFormatException(number,
                    "longer than " + LINE_LENGTH_MAX + " characters");
        }
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        if (line.startsWith(HEAD)) {
            close(number);
            name = line.substring(HEAD.length()).strip();
            open = true;
        } else if (line.equals(TRACE)) {
            inTrace = true;
        } else if (inTrace) {
            expected.add(line);
        } else {
            open = true;
            lines.add(line);
            reader.line(number, line);
        }
    }

    private void close(int number) {
        if (open) {
            scenarios.add(new Scenario(name, lines, reader.declaration(number), reader.stimuli(),
                    expected));
        }
        open = false;
        inTrace = false;
        reader = new ScenarioReader();
        lines.clear();
        expected.clear();
    }

    /// A scenario with `trace` in the form that [#parse] reads.
    public static String print(Scenario scenario, List<String> trace) {
        var text = new StringBuilder(HEAD).append(scenario.name()).append('\n');
        scenario.lines().forEach(line -> text.append(line).append('\n'));
        text.append(TRACE).append('\n');
        trace.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
