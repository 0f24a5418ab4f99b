package io.macula.runtime.cli;

import io.macula.runtime.control.ControlClient;
import io.macula.runtime.control.ControlClient.Answer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Carries out `crash`.
final class Crasher {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Console console;

    Crasher(Console console) {
        this.console = console;
    }

    int run(String process, @Nullable String dataDir) {
        var client = new ControlClient(RunningFolder.of(console, dataDir, PATIENCE), PATIENCE);
        return switch (client.tree()) {
            case Answer.Ok answer -> crash(client, answer, process);
            case Answer.Bad bad -> NodeAsker.failed(console, bad);
        };
    }

    private int crash(ControlClient client, Answer.Ok tree, String process) {
        var path = process.indexOf('/') >= 0
                ? process
                : ControlClient.trees(tree)
                        .stream()
                        .flatMap(root -> root.pathOf(process).stream())
                        .findFirst()
                        .orElse(process);
        return switch (client.crash(path)) {
            case Answer.Ok _ -> {
                console.say(path + " was crashed");
                yield ExitCode.OK.number();
            }
            case Answer.Bad bad -> NodeAsker.failed(console, bad);
        };
    }
}
