package io.macula.runtime.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// Does once what users do every day, so that the JVM can write down which classes that takes.
/// The `macula` script runs it after a build to make later starts fast; a failure only makes them
/// slower. With the word `members` it does what members of a Cluster do, which nobody else is to pay for.
final class Rehearsal {

    private static final List<List<String>> SHORT_COMMANDS = List.of(List.of("--help"),
            List.of("topic", "match", "sensor.*", "sensor.temp"),
            List.of("wire", "encode", "ping", "{\"timestamp\":1}"),
            List.of("wire", "decode", "010300000000000d81c40974696d657374616d7001", "--json"));

    private Rehearsal() {}

    /// Ends the process whatever happens: nodes that go on after a step was missed would keep it alive for ever.
    public static void main(String[] args) {
        try {
            rehearse(List.of(args).contains("members"));
            System.exit(0);
        } catch (IOException | InterruptedException | RuntimeException e) {
            System.err.println("the rehearsal failed, starts stay slower: " + e);
            System.exit(1);
        }
    }

    private static void rehearse(boolean asMembers) throws IOException, InterruptedException {
        SHORT_COMMANDS.forEach(line -> new Player(line).end());
        var folder = Files.createTempDirectory("macula-rehearsal");
        if (asMembers) {
            new MembersRehearsal(folder).play();
        } else {
            play(folder);
        }
        delete(folder);
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void play(Path dataDir) throws InterruptedException {
        var gateway = new Player(List.of("node", "start", "--role", "gateway", "--quic-port", "0",
                "--http-port", "0", "--json", "--data-dir", dataDir.toString()));
        var address = gateway.said().replaceAll("(?s).*\"address\":\"([^\"]+)\".*", "$1");
        var subscriber = new Player(List.of("sub", "a", "--count", "1", "--gateway", address));
        var server = new Player(List.of("serve", "b", "--expr", "x+1", "--gateway", address));
        subscriber.said();
        server.said();
        new Player(List.of("pub", "a", "{}", "--gateway", address)).end();
        new Player(List.of("call", "b", "{\"x\":1}", "--gateway", address)).end();
        new Player(List.of("tree", "--data-dir", dataDir.toString())).end();
        subscriber.stop();
        server.stop();
        gateway.stop();
    }
}
