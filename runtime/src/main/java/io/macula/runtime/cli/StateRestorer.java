package io.macula.runtime.cli;

import io.macula.runtime.config.DataDirectory;
import io.macula.runtime.json.Json;
import io.macula.runtime.state.StateRestore;
import java.nio.file.Files;
import java.nio.file.Path;

/// Carries out `state restore`.
final class StateRestorer {

    private final Console console;
    private final boolean json;

    StateRestorer(Console console, boolean json) {
        this.console = console;
        this.json = json;
    }

    int run(Path snapshot, Path dataDir) {
        if (!Files.isDirectory(snapshot)) {
            return console.fail(ExitCode.NOT_FOUND, "there is no folder " + snapshot);
        }
        return switch (DataDirectory.open(dataDir)) {
            case DataDirectory.Opened.InUse(var message) -> console.fail(ExitCode.FAILED, message);
            case DataDirectory.Opened.Unusable(var message) ->
                console.fail(ExitCode.FAILED, message);
            case DataDirectory.Opened.Held(var held) -> {
                try (held) {
                    yield restored(StateRestore.into(dataDir, snapshot));
                }
            }
        };
    }

    private int restored(StateRestore.Restored restored) {
        return switch (restored) {
            case StateRestore.Restored.Done(var entries, var aside) -> {
                if (json) {
                    console.print(Json.write(Json.object()
                            .put("entries", entries)
                            .put("moved_to", aside.map(Path::toString).orElse(null))));
                } else {
                    console.print("restored " + entries + " entries");
                    aside.ifPresent(path -> console.say("what was there is in " + path));
                }
                yield ExitCode.OK.number();
            }
            case StateRestore.Restored.Failed(var message) ->
                console.fail(ExitCode.FAILED, message);
        };
    }
}
