package io.macula.it.process;

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
final class Terminals extends Commands implements AutoCloseable {

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

    @Override
    Path newDataDir() {
        return folder.resolve("data" + ++dataDirs);
    }

    /// Each command is a process of `./macula`.
    @Override
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

    /// The same commands, but in the JVM of the test.
    Commands here() {
        return new Commands() {
            @Override
            MaculaProcess start(String... arguments) {
                return added(List.of(arguments), CommandInThisJvm.start(arguments, settings()));
            }

            @Override
            Path newDataDir() {
                return Terminals.this.newDataDir();
            }
        };
    }

    private MaculaProcess run(List<String> command) {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MACULA_"));
        builder.environment().putAll(settings());
        try {
            return added(command, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> settings() {
        var settings = new TreeMap<>(environment);
        settings.putIfAbsent("XDG_STATE_HOME", folder.resolve("state").toString());
        return settings;
    }

    private synchronized MaculaProcess added(List<String> command, Process process) {
        var added = new MaculaProcess(command, process);
        processes.add(added);
        return added;
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
