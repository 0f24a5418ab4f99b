package io.macula.runtime.demo;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// Starts further processes of this program, with this one's Java and options, and ends them all
/// when closed.
final class Children implements AutoCloseable {

    /// Options of this process that must not be repeated by another.
    private static final List<String> OWN_OPTIONS = List.of("-agentlib:", "-javaagent:",
            "-Xrunjdwp",
            "-XX:AOTCacheOutput", "-XX:AOTConfiguration", "-XX:AOTMode",
            "-Djava.class.path", "-XX:ArchiveClassesAtExit");

    private final Path folder;
    private final String mainClass;
    private final List<Child> children = new CopyOnWriteArrayList<>();

    /// Data and logs go below `folder`.
    Children(Path folder, String mainClass) {
        this.folder = folder;
        this.mainClass = mainClass;
    }

    /// A process with a data directory of its own.
    Child start(String name, String... arguments) {
        var dataDir = folder.resolve(name);
        var all = new ArrayList<>(List.of(arguments));
        all.add("--data-dir");
        all.add(dataDir.toString());
        var child = new Child(name, dataDir, process(name, all));
        children.add(child);
        return child;
    }

    /// A process that prints what it has to say and ends.
    Process run(String name, List<String> arguments) {
        return process(name, arguments);
    }

    /// Where the process called `name` keeps its data.
    Path folder(String name) {
        return folder.resolve(name);
    }

    /// Where the process called `name` logs.
    Path log(String name) {
        return folder.resolve(name + ".log");
    }

    private Process process(String name, List<String> arguments) {
        var command = new ArrayList<>(java());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectError(log(name).toFile());
        // The demonstration is the same whatever the user's own nodes are set to.
        builder.environment().keySet().removeIf(key -> key.startsWith("MACULA_"));
        try {
            Files.createDirectories(folder);
            return builder.start();
        } catch (IOException e) {
            throw new StepFailedException(name + " cannot be started: " + e.getMessage());
        }
    }

    private List<String> java() {
        var executable = ProcessHandle.current()
                .info()
                .command()
                .orElse(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        var options = ManagementFactory.getRuntimeMXBean()
                .getInputArguments()
                .stream()
                .filter(option -> OWN_OPTIONS.stream().noneMatch(option::startsWith));
        var program = Stream.of("-cp", System.getProperty("java.class.path"), mainClass);
        return Stream.concat(Stream.of(executable), Stream.concat(options, program)).toList();
    }

    List<Child> all() {
        return children;
    }

    /// Nothing that was started here outlives this.
    @Override
    public void close() {
        children.forEach(Child::kill);
    }
}
