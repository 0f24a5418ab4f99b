package io.macula.runtime.cli;

import io.macula.runtime.control.ControlClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds the folder of the node that a command is about.
final class RunningFolder {

    private RunningFolder() {}

    /// The folders the user named; else that of `MACULA_DATA_DIR`; else the default folders of the roles
    /// that have a node running.
    static List<Path> all(Console console, List<String> named, Duration patience) {
        if (!named.isEmpty()) {
            return named.stream().map(Path::of).toList();
        }
        var environment = console.environment();
        var fromEnvironment = environment.getOrDefault("MACULA_DATA_DIR", "");
        if (!fromEnvironment.isEmpty()) {
            return List.of(Path.of(fromEnvironment));
        }
        var state = new Loading(environment).stateFolder();
        return Stream.of("gateway", "peer")
                .map(state::resolve)
                .filter(Files::isDirectory)
                .filter(folder -> new ControlClient(folder, patience).isAnswering())
                .toList();
    }

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
