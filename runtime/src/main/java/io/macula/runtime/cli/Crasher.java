package io.macula.runtime.cli;

import io.macula.runtime.control.ControlClient;
import io.macula.runtime.control.ControlClient.Answer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Carries out `crash`, `kill` and `restart`.
final class Crasher {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Console console;
    private final Blow blow;

    /// What is done to a process.
    enum Blow {
        CRASH("crashed") {
            @Override
            Answer strike(ControlClient client, String path) {
                return client.crash(path);
            }
        },
        KILL("killed") {
            @Override
            Answer strike(ControlClient client, String path) {
                return client.kill(path);
            }
        },
        RESTART("restarted") {
            @Override
            Answer strike(ControlClient client, String path) {
                return client.restart(path);
            }
        };

        private final String done;

        Blow(String done) {
            this.done = done;
        }

        abstract Answer strike(ControlClient client, String path);
    }

    Crasher(Console console, Blow blow) {
        this.console = console;
        this.blow = blow;
    }

    int run(String process, @Nullable String dataDir) {
        var client = new ControlClient(RunningFolder.of(console, dataDir, PATIENCE), PATIENCE);
        return switch (client.tree()) {
            case Answer.Ok answer -> strike(client, answer, process);
            case Answer.Bad bad -> NodeAsker.failed(console, bad);
        };
    }

    private int strike(ControlClient client, Answer.Ok tree, String process) {
        var path = process.indexOf('/') >= 0
                ? process
                : ControlClient.trees(tree)
                        .stream()
                        .flatMap(root -> root.pathOf(process).stream())
                        .findFirst()
                        .orElse(process);
        return switch (blow.strike(client, path)) {
            case Answer.Ok _ -> {
                console.say(path + " was " + blow.done);
                yield ExitCode.OK.number();
            }
            case Answer.Bad bad -> NodeAsker.failed(console, bad);
        };
    }
}
