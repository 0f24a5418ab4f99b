package io.macula.it.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// The demonstration as its launcher opens it for people: five processes with a game on them, of which the first three
/// are a Cluster. What people do in another terminal, kill one and start it again, is done here.
final class LaunchedDemo {

    private static final Pattern NODE = Pattern
            .compile("([a-z-]+) \\(process ([0-9]+)\\): (http://[0-9.:]+)/apps/arcade/");
    private static final int NODES = 5;

    private final Terminals terminals;
    private final MaculaProcess launcher;
    private final Path folder;
    private final List<Node> nodes = new ArrayList<>();

    /// One of its nodes.
    record Node(String name, long pid, String http, String id, Path folder) {}

    private LaunchedDemo(Terminals terminals, MaculaProcess launcher, Path folder) {
        this.terminals = terminals;
        this.launcher = launcher;
        this.folder = folder;
    }

    static LaunchedDemo start(Terminals terminals) throws IOException {
        var temporary = Files.createDirectory(terminals.folder().resolve("tmp"));
        terminals.with("MACULA_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary);
        var launcher = terminals.start("demo", "--play");
        launcher.awaitOut(line -> line.contains("north (process"));
        launcher.awaitOut(line -> line.endsWith("Ctrl-C ends it all"));
        try (var folders = Files.list(temporary)) {
            var demo = new LaunchedDemo(terminals, launcher, folders.findFirst().orElseThrow());
            demo.findNodes();
            return demo;
        }
    }

    private void findNodes() {
        launcher.out()
                .stream()
                .flatMap(line -> NODE.matcher(line).results())
                .map(found -> new Node(found.group(1), Long.parseLong(found.group(2)),
                        found.group(3), id(found.group(3)), folder.resolve(found.group(1))))
                .forEach(nodes::add);
        assertThat(nodes).hasSize(NODES);
    }

    private static String id(String http) {
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(HttpRequest.newBuilder(URI.create(http + "/console/session"))
                    .timeout(Duration.ofSeconds(20))
                    .build(), BodyHandlers.ofString());
            return Chromium.json(answer.body()).path("node").asText();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    List<Node> nodes() {
        return nodes;
    }

    /// The three of the Cluster.
    List<Node> members() {
        return nodes.subList(0, 3);
    }

    Node node(String name) {
        return nodes.stream().filter(node -> node.name().equals(name)).findFirst().orElseThrow();
    }

    /// As a power cut would.
    void kill(Node node) {
        var process = ProcessHandle.of(node.pid()).orElseThrow();
        assertThat(process.destroyForcibly()).isTrue();
        process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }

    /// In the folder of the one that was killed; the settings of the demonstration are in it.
    void startAgain(Node node) {
        var process = terminals.start("node", "start", "--role", "gateway", "--json",
                "--allow-chaos", "--allow-actions", "--data-dir", node.folder().toString());
        var facts = Chromium.json(process.awaitOut(line -> line.startsWith("{")));
        assertThat(facts.path("id").asText()).isEqualTo(node.id());
    }
}
