package io.macula.runtime.cli;

import io.macula.runtime.control.ControlClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Finds the folder of the node that a command is about.
final class RunningFolder {

    private RunningFolder() {}

    /// The folder the user named; else that of `MACULA_DATA_DIR`; else the default folder of the
    /// role that has a node running, the gateway's if both or none.
    static Path of(Console console, @Nullable String named, Duration patience) {
        if (named != null) {
            return Path.of(named);
        }
        var environment = console.environment();
        var fromEnvironment = environment.getOrDefault("MACULA_DATA_DIR", "");
        if (!fromEnvironment.isEmpty()) {
            return Path.of(fromEnvironment);
        }
        var state = new Loading(environment).stateFolder();
        var gateway = state.resolve("gateway");
        var peer = state.resolve("peer");
        var isPeerOnly = Files.isDirectory(peer) && new ControlClient(peer, patience).isAnswering()
                && !new ControlClient(gateway, patience).isAnswering();
        return isPeerOnly ? peer : gateway;
    }
}
