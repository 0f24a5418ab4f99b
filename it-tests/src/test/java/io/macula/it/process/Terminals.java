package io.macula.it.process;

import io.macula.it.process.MaculaProcess.Ended;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// Where the processes of a test are started: a folder of their own that holds a link to the
/// script, an environment without settings of whoever runs the tests, and an end for all of them.
final class Terminals implements AutoCloseable {

    private static final Path SCRIPT = Path.of(System.getProperty("macula.root", ".."))
            .resolve(
                    "macula")
            .toAbsolutePath()
            .normalize();

    private final Path folder;
    private final Map<String, String> environment = new TreeMap<>();
    private final List<MaculaProcess> processes = new ArrayList<>();
    private final Thread emergencyEnd = new Thread(this::killAll);
    private int dataDirs;

    // The first start may have to build and to write the cache of classes; no test is charged for
    // that. Happens once, when the first test loads this class.
    static {
        try {
            var first = new ProcessBuilder(SCRIPT.toString(), "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!first.waitFor(10, TimeUnit.MINUTES) || first.exitValue() != 0) {
                throw new IllegalStateException(SCRIPT + " --version does not work");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Terminals() {
        try {
            folder = Files.createTempDirectory("macula-it");
            Files.createSymbolicLink(folder.resolve("macula"), SCRIPT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(emergencyEnd);
    }

    /// The current folder of every process.
    Path folder() {
        return folder;
    }

    /// Sets a variable for the processes started from now on.
    Terminals with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /// A data directory that no other process of the test has.
    Path newDataDir() {
        return folder.resolve("data" + ++dataDirs);
    }

    /// Starts `./macula` with these arguments.
    MaculaProcess start(String... arguments) {
        var command = new ArrayList<>(List.of("./macula"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /// Starts a whole command line in a shell, as it stands in a document.
    MaculaProcess shell(String line) {
        return run(List.of("sh", "-c", line.startsWith("./macula") ? "exec " + line : line));
    }

    /// Starts a class in a JVM like the one that runs the tests.
    MaculaProcess java(String classPath, String mainClass) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return run(List.of(java, "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED", "-cp", classPath, mainClass));
    }

    private synchronized MaculaProcess run(List<String> command) {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MACULA_"));
        builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
        builder.environment().putAll(environment);
        try {
            var process = new MaculaProcess(command, builder.start());
            processes.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs a command to its end.
    Ended run(String... arguments) {
        return start(arguments).ended();
    }

    /// Starts a gateway on any free ports with a data directory of its own, and waits until it is
    /// ready.
    Gateway gateway(String... more) {
        return gatewayIn(newDataDir(), "0", more);
    }

    /// Starts a gateway on a QUIC port.
    Gateway gatewayIn(Path dataDir, String quicPort, String... more) {
        return Gateway.ready(startGateway(dataDir, quicPort, more));
    }

    /// Starts a gateway and waits for nothing.
    MaculaProcess startGateway(Path dataDir, String quicPort, String... more) {
        var arguments = new ArrayList<>(List.of("node", "start", "--role", "gateway", "--json",
                "--http-port", "0", "--quic-port", quicPort, "--data-dir", dataDir.toString()));
        arguments.addAll(List.of(more));
        return start(arguments.toArray(String[]::new));
    }

    /// Subscribes, and waits until the gateway knows.
    MaculaProcess subscriber(Gateway gateway, String pattern, String... more) {
        var process = start(with(gateway, more, "sub", pattern));
        process.awaitErr("subscribed to " + pattern);
        return process;
    }

    /// Offers a procedure, and waits until the gateway knows.
    MaculaProcess server(Gateway gateway, String procedure, String... more) {
        var process = start(with(gateway, more, "serve", procedure));
        process.awaitErr("serving " + procedure);
        return process;
    }

    /// Calls a procedure and waits for the end.
    Ended call(Gateway gateway, String procedure, String argument, String... more) {
        return run(with(gateway, more, "call", procedure, argument));
    }

    /// Publishes a message and waits for the end.
    Ended publish(Gateway gateway, String topic, String payload, String... more) {
        return run(with(gateway, more, "pub", topic, payload));
    }

    private static String[] with(Gateway gateway, String[] more, String... words) {
        var arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("--gateway", gateway.quic()));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private synchronized void killAll() {
        processes.forEach(MaculaProcess::kill);
    }

    /// Ends every process and removes the folder.
    @Override
    public void close() {
        killAll();
        processes.forEach(MaculaProcess::awaitEnd);
        Runtime.getRuntime().removeShutdownHook(emergencyEnd);
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
