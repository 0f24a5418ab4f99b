package io.macula.runtime.cli;

import io.macula.runtime.demo.Demo;
import io.macula.runtime.demo.DemoScene;
import io.macula.runtime.demo.DemoStep;
import io.macula.runtime.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Plays the demonstration.
@Command(name = "demo", header = "Watch a small mesh at work, each node a process on this machine.", description = "Typed in a terminal, it starts a Cluster of three nodes and two peers with a game on them, prints where to open them, and waits for Ctrl-C. With --check, or when no terminal reads it, it plays all scenes with scripted players and ends by itself.")
final class DemoCommand implements Callable<Integer> {

    private final Console console;

    @Option(names = "--check", description = "Play all scenes, and exit 1 if any step failed.") boolean check;

    @Option(names = "--json", description = "Print one JSON object last, and the story to stderr.") boolean json;

    @Option(names = "--keep", description = "Keep the data and logs of the processes.") boolean keep;

    @Option(names = "--scenes", description = "List the scenes, and play none.") boolean scenes;

    @Option(names = "--scene", paramLabel = "NAME", description = "Play this scene only.")
    @Nullable String scene;

    @Option(names = "--play", description = "Start the nodes and the game, print where to open them, and wait for Ctrl-C, also without a terminal.") boolean play;

    /// Where the script says the jar of the game is.
    private static final String GAME = "macula.demo.game";

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (scenes) {
            Table.lines(Arrays.stream(DemoScene.values())
                    .map(each -> List.of(each.title(), each.says()))
                    .toList()).forEach(console::print);
            return ExitCode.OK.number();
        }
        var wanted = wanted();
        return wanted.isEmpty()
                ? console.fail(ExitCode.USAGE, "there is no scene '" + scene + "'; there are "
                        + Arrays.stream(DemoScene.values())
                                .map(DemoScene::title)
                                .collect(Collectors.joining(", ")))
                : show(EnumSet.copyOf(wanted));
    }

    private boolean isLaunch() {
        var terminal = System.console();
        var isWatched = terminal != null && terminal.isTerminal();
        return play || (isWatched && !check && !json && scene == null);
    }

    private Set<DemoScene> wanted() {
        return scene == null
                ? EnumSet.allOf(DemoScene.class)
                : DemoScene.of(scene).map(Set::of).orElse(Set.of());
    }

    private int show(Set<DemoScene> wanted) throws IOException {
        var folder = Files.createTempDirectory("macula-demo-");
        var game = Optional.ofNullable(System.getProperty(GAME))
                .map(Path::of)
                .filter(Files::isRegularFile);
        List<DemoStep> steps;
        try (var demo = new Demo(folder, Main.class.getName(), game, this::tell,
                console.stop())) {
            steps = isLaunch() ? demo.open() : demo.play(wanted);
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
