package io.macula.runtime.cli;

import io.macula.runtime.demo.Demo;
import io.macula.runtime.demo.DemoStep;
import io.macula.runtime.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Plays the demonstration.
@Command(name = "demo", header = "Watch a small mesh at work: five processes on this machine.", description = "Starts a gateway and three peers on free ports, lets them find a match, "
        + "publish, call and survive a crash, refuses a stranger, and ends by itself.")
final class DemoCommand implements Callable<Integer> {

    private final Console console;

    @Option(names = "--check", description = "Exit 1 if any step failed.") boolean check;

    @Option(names = "--json", description = "Print one JSON object last, and the story to stderr.") boolean json;

    @Option(names = "--keep", description = "Keep the data and logs of the processes.") boolean keep;

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        var folder = Files.createTempDirectory("macula-demo-");
        List<DemoStep> steps;
        try (var demo = new Demo(folder, Main.class.getName(), this::tell, console.stop())) {
            steps = demo.play();
        }
        var isOk = steps.stream().allMatch(DemoStep::isOk);
        tell("");
        Table.lines(rows(steps)).forEach(this::tell);
        if (keep || !isOk) {
            console.say("data and logs of the processes are in " + folder);
        } else {
            delete(folder);
        }
        if (json) {
            console.print(summary(steps, isOk));
        }
        return (check && !isOk ? ExitCode.FAILED : ExitCode.OK).number();
    }

    private void tell(String line) {
        if (json) {
            console.say(line);
        } else {
            console.print(line);
        }
    }

    private static List<List<String>> rows(List<DemoStep> steps) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("STEP", "RESULT", "TIME"));
        steps.forEach(step -> rows.add(List.of(step.name(), step.isOk() ? "ok" : "FAILED",
                step.time().toMillis() + " ms")));
        return rows;
    }

    private static String summary(List<DemoStep> steps, boolean isOk) {
        var summary = Json.object().put("ok", isOk);
        var list = summary.putArray("steps");
        for (var step : steps) {
            var entry = Json.object()
                    .put("name", step.name())
                    .put("ok", step.isOk())
                    .put("ms", step.time().toMillis());
            list.add(step.isOk() ? entry : entry.put("reason", step.detail()));
        }
        return Json.write(summary);
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.deleteIfExists(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
