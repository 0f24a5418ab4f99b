package io.macula.benchmarks.state;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/// A process with one [Replica] that does what it is told on its standard input, a line each, and
/// answers `= NUMBER` on its standard output. What happens by itself is `! WORDS`.
public final class ReplicaProgram {

    private final Replica replica;
    private final PrintStream out;

    private ReplicaProgram(Replica replica, PrintStream out) {
        this.replica = replica;
        this.out = out;
    }

    /// @param arguments whose: `macula` or `ddata`; a folder of its own; the address of another node,
    ///     or nothing
    public static void main(String[] arguments) throws InterruptedException {
        var out = System.out;
        System.setOut(System.err);
        var seed = arguments.length > 2 ? arguments[2] : "";
        try {
            Replica replica = arguments[0].equals("ddata")
                    ? DdataReplica.start(seed)
                    : OurReplica.start(Path.of(arguments[1]), seed);
            new ReplicaProgram(replica, out).obey(new BufferedReader(
                    new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        } catch (RuntimeException | IOException e) {
            e.printStackTrace(); // goes to the log of the process
        }
        // Threads that a half-started system left behind do not keep the process.
        Runtime.getRuntime().halt(0);
    }

    private void obey(BufferedReader in) throws IOException, InterruptedException {
        say("! ready " + replica.address());
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            var words = line.split(" ");
            say("= " + switch (words[0]) {
                case "members" -> replica.members();
                case "add" -> nanosOf(() -> replica.addAll(new Elements(words[1],
                        Integer.parseInt(words[2]), Integer.parseInt(words[3]))));
                case "count" -> nanosOf(() -> replica.countUp(Integer.parseInt(words[1])));
                case "registers" -> nanosOf(
                        () -> replica.writeRegisters(Integer.parseInt(words[1])));
                case "watch" -> watch(words[1]);
                case "size" -> replica.setSize();
                case "register-count" -> replica.registerCount();
                case "bytes" -> replica.sentBytes();
                default -> throw new IllegalArgumentException(line);
            });
        }
    }

    private interface Task {
        void run() throws InterruptedException;
    }

    private static long nanosOf(Task task) throws InterruptedException {
        var from = System.nanoTime();
        task.run();
        return System.nanoTime() - from;
    }

    private long watch(String element) {
        LongConsumer seen = at -> say("! seen " + element + " " + at);
        replica.whenSeen(element, seen);
        return 0;
    }

    private void say(String line) {
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }
}
