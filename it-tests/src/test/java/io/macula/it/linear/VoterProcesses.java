package io.macula.it.linear;

import io.macula.coordination.raft.VoterSet;
import io.macula.it.process.Hosts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Three voters in processes of their own, on hosts of their own where there can be such.
final class VoterProcesses implements AutoCloseable {

    static final int SIZE = 3;

    private final Path directory;
    private final UUID group = UUID.randomUUID();
    private final List<String> addresses;
    private final Optional<Hosts> hosts;
    private final @Nullable Running[] running = new Running[SIZE];

    private record Running(Process process, BufferedReader out) {}

    VoterProcesses(Path directory) {
        this.directory = directory;
        this.hosts = Hosts.tryOnOneWire(SIZE).map(Hosts::withThisProcess);
        this.addresses = hosts.isPresent()
                ? IntStream.rangeClosed(1, SIZE).mapToObj(n -> Hosts.address(n) + ":7700").toList()
                : ports().stream().map(port -> "127.0.0.1:" + port).toList();
    }

    /// Whether voters can be cut from each other.
    boolean canBeCut() {
        return hosts.isPresent();
    }

    /// The other voters and this one do not hear each other any more; clients hear all of them.
    void isolate(int index) {
        for (var other = 0; other < SIZE; other++) {
            if (other != index) {
                hosts.orElseThrow().cut(index + 1, other + 1);
            }
        }
    }

    void mend() {
        hosts.orElseThrow().mend();
    }

    private static List<Integer> ports() {
        var sockets = new ArrayList<ServerSocket>();
        var ports = new ArrayList<Integer>();
        try {
            for (int i = 0; i < SIZE; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            for (var socket : sockets) {
                ports.add(socket.getLocalPort());
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }

    VoterSet set() {
        return VoterProcess.set(group, addresses);
    }

    /// Group and addresses, as processes take them.
    List<String> arguments() {
        return List.of(group.toString(), String.join(",", addresses));
    }

    void formAll() {
        for (int i = 0; i < SIZE; i++) {
            launch(i, "FORM");
        }
    }

    /// Starts it again from its disk.
    void resume(int index) {
        launch(index, "RESUME");
    }

    private void launch(int index, String beginning) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(hosts.isPresent() ? Hosts.in(index + 1) : List.<String>of());
        command.addAll(List.of(java, VoterLog.flag(), "-Xmx160m", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), VoterProcess.class.getName(),
                String.valueOf(index), beginning, directory.resolve("n" + index).toString(),
                group.toString(), String.join(",", addresses)));
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect
                            .appendTo(directory.resolve("n" + index + ".err").toFile()))
                    .start();
            running[index] = new Running(process, process.inputReader(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("voter " + index + " did not start", e);
        }
    }

    /// `kill -9`.
    void kill(int index) {
        process(index).destroyForcibly().onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }

    void suspend(int index) {
        signal(index, "-STOP");
    }

    void wake(int index) {
        signal(index, "-CONT");
    }

    private void signal(int index, String signal) {
        try {
            new ProcessBuilder("kill", signal, String.valueOf(process(index).pid())).start()
                    .onExit()
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException("no signal to voter " + index, e);
        }
    }

    /// The one that says that it leads; -1 when none does. None of them may be suspended.
    int leader() {
        for (int i = 0; i < SIZE; i++) {
            if (process(i).isAlive() && leads(Objects.requireNonNull(running[i]))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean leads(Running voter) {
        return ask(voter, '?').equals("leads");
    }

    /// A sum over what each of them takes for agreed; none of them may be suspended.
    List<String> sums() {
        return Stream.of(running).map(voter -> ask(Objects.requireNonNull(voter), '=')).toList();
    }

    private static String ask(Running voter, char question) {
        try {
            var in = voter.process().getOutputStream();
            in.write(question);
            in.flush();
            var line = voter.out().readLine();
            while ("started".equals(line)) {
                line = voter.out().readLine();
            }
            return line == null ? "" : line;
        } catch (IOException e) {
            return "";
        }
    }

    private Process process(int index) {
        return Objects.requireNonNull(running[index]).process();
    }

    @Override
    public void close() {
        for (var voter : running) {
            if (voter != null) {
                voter.process().destroyForcibly().onExit().orTimeout(20, TimeUnit.SECONDS).join();
            }
        }
        hosts.ifPresent(Hosts::close);
    }
}
