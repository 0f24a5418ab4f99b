package io.macula.runtime.demo;

import io.macula.runtime.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The nodes that the arcade is played on: three that form a Cluster, and two peers beside it, each a process of its own.
final class ArcadeNodes {

    /// Where the first node serves HTTP when people are to find it, if that is free.
    static final int PORT = 9_080;

    private static final int MEMBERS = 3;

    private static final String MATCHMAKER = "macula.global.arcade.matchmaking";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Stage stage;
    private final Children children;
    private final Path jar;
    private final Executor threads = task -> Thread.ofVirtual().name("demo-deploy").start(task);
    private final List<ArcadeNode> members = new ArrayList<>();
    private final List<ArcadeNode> edges = new ArrayList<>();

    ArcadeNodes(Stage stage, Children children, Path jar) {
        this.stage = stage;
        this.children = children;
        this.jar = jar;
    }

    /// Starts the processes and returns at once.
    ///
    /// @param httpPort of the first one; another one if it is taken
    void begin(int httpPort) {
        var ports = FreePorts.take(MEMBERS);
        var http = FreePorts.isFree(httpPort) ? httpPort : 0;
        for (var number = 0; number < ports.size(); number++) {
            var name = List.of("north", "east", "west").get(number);
            members.add(ArcadeNode.start(children, name, "gateway",
                    member(ports, number, number == 0 ? http : 0)));
        }
        members.forEach(node -> stage.tell(node.name() + " starts as process " + node.pid()
                + ", a member of the Cluster"));
    }

    /// Where the console of all of them is.
    String console() {
        return members.getFirst().http() + "/";
    }

    private static String member(List<Integer> ports, int number, int http) {
        var seeds = ports.stream()
                .map(port -> "\"127.0.0.1:" + port + "\"")
                .collect(Collectors.joining(", "));
        return """
            macula {
              realm.name = arcade
              observe.traces.ratio = 1
              quic.port = 0
              http.port = %d
              cluster { enabled = true, port = %d, seeds = [%s], silence-max = 2 s, stable-after = 2 s }
              coordination { enabled = true, port = 0 }
            }
            """.formatted(
                http, ports.get(number), seeds);
    }

    private static String edge(String gateway) {
        return """
            macula {
              realm.name = arcade
              observe.traces.ratio = 1
              mesh.port = 0
              http.port = 0
              peers = ["%s"]
            }
            """.formatted(gateway);
    }

    /// Waits until all nodes are up, and puts the game on them.
    String ready() {
        for (var number = 0; number < 2; number++) {
            var gateway = members.get(number + 1).facts().path("quic").asText();
            edges.add(ArcadeNode.start(children, List.of("ann-peer", "ben-peer").get(number),
                    "peer", edge(gateway)));
        }
        var deploying = everybody().stream()
                .map(node -> CompletableFuture.runAsync(() -> node.deploy(jar), threads))
                .toList();
        for (var number = 0; number < deploying.size(); number++) {
            await(deploying.get(number));
            var node = everybody().get(number);
            stage.tell(node.name() + " (process " + node.pid() + "): " + node.page());
        }
        leader();
        return "the game runs on " + everybody().size() + " nodes; one of them matches players";
    }

    private static void await(CompletableFuture<Void> deployed) {
        try {
            deployed.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StepFailedException why ? why : e;
        }
    }

    List<ArcadeNode> members() {
        return members;
    }

    /// A peer beside the Cluster: 0 or 1.
    ArcadeNode edge(int number) {
        return edges.get(number);
    }

    List<ArcadeNode> everybody() {
        var all = new ArrayList<>(members);
        all.addAll(edges);
        return all;
    }

    /// The member that matches players, as the members that are asked know.
    ArcadeNode leader() {
        return leader(members);
    }

    ArcadeNode leader(List<ArcadeNode> asked) {
        return sooner(() -> leading(asked).flatMap(id -> members.stream()
                .filter(node -> node.id().equals(id))
                .findFirst()), PATIENCE, "nobody leads the matchmaking");
    }

    private static Optional<String> leading(List<ArcadeNode> asked) {
        return asked.stream().flatMap(node -> node.leader(MATCHMAKER).stream()).findFirst();
    }

    static <T> T sooner(Supplier<Optional<T>> look, Duration patience, String otherwise) {
        var until = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < until) {
            var seen = look.get();
            if (seen.isPresent()) {
                return seen.get();
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StepFailedException("interrupted");
            }
        }
        throw new StepFailedException(otherwise + " within " + patience.toSeconds() + " s");
    }

    ArcadeNode node(String id) {
        return everybody().stream()
                .filter(node -> node.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new StepFailedException("nobody knows the node " + id));
    }

    /// Waits until all members can be asked who leads: with two of three voters nobody could be elected.
    void areBack() {
        members.forEach(node -> {
            node.facts();
            sooner(() -> node.leader(MATCHMAKER), PATIENCE, node.name() + " is not back");
        });
    }

    /// Cuts one off from all others.
    void cutOff(ArcadeNode alone) {
        var places = everybody().stream()
                .filter(node -> node != alone)
                .map(ArcadeNode::place)
                .toList();
        alone.cutFrom(places);
        everybody().stream()
                .filter(node -> node != alone)
                .forEach(node -> node.cutFrom(List.of(alone.place())));
    }

    void heal() {
        everybody().forEach(node -> node.cutFrom(List.of()));
    }
}
