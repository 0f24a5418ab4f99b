package io.macula.it.linear;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Clients in processes of their own, and what they tell.
final class ClientProcesses implements AutoCloseable {

    static final String READY = "ready";

    private final List<Process> processes = new ArrayList<>();
    private final List<Thread> hearing = new ArrayList<>();
    private final List<BufferedReader> told = new ArrayList<>();

    /// Starts them and waits until all could begin.
    ///
    /// @param voters as [VoterProcess] takes them: group and addresses
    /// @param directory where they write what goes wrong with them
    static ClientProcesses start(String run, int count, long seed, List<String> voters,
            Path directory) throws IOException {
        var clients = new ClientProcesses();
        for (int i = 0; i < count; i++) {
            clients.launch(run, i, seed * 31 + i, voters, directory);
        }
        for (var line : clients.told) {
            if (!READY.equals(line.readLine())) {
                clients.close();
                throw new IOException("a client did not start; see " + directory);
            }
        }
        return clients;
    }

    private void launch(String run, int index, long seed, List<String> voters, Path directory)
            throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx96m",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), ClientProcess.class.getName(), run,
                String.valueOf(index), String.valueOf(seed)));
        command.addAll(voters);
        var process = new ProcessBuilder(command)
                .redirectError(directory.resolve(run + ".c" + index + ".err").toFile())
                .start();
        processes.add(process);
        told.add(process.inputReader(StandardCharsets.UTF_8));
    }

    /// From now on they do what clients do, and `witness` is told.
    void begin(Duration howLong, Witness witness) throws IOException {
        for (int i = 0; i < processes.size(); i++) {
            var lines = told.get(i);
            hearing.add(Thread.ofPlatform().name("client-" + i).start(() -> hear(lines, witness)));
            var in = processes.get(i).outputWriter(StandardCharsets.UTF_8);
            in.write(howLong.toMillis() + "\n");
            in.flush();
        }
    }

    private static void hear(BufferedReader lines, Witness witness) {
        try {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                Telling.read(line, witness);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until all have ended.
    ///
    /// @return how many of them ended well within that time
    int await(Duration patience) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        int well = 0;
        for (int i = 0; i < processes.size(); i++) {
            var ended = processes.get(i)
                    .waitFor(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            well += ended && processes.get(i).exitValue() == 0 ? 1 : 0;
            if (ended) {
                hearing.get(i).join();
            }
        }
        return well;
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }
}
