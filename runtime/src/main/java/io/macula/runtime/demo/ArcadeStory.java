package io.macula.runtime.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The arcade: three nodes that form a Cluster, and two peers beside it, each a process of its own. The game is
/// deployed on all of them; players on different nodes meet, and play on while nodes are killed.
final class ArcadeStory implements AutoCloseable {

    private static final String MATCHMAKER = "macula.global.arcade.matchmaking";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// How long a game may stand still when its node is killed.
    private static final Duration STANDSTILL_MAX = Duration.ofSeconds(2);

    private final Stage stage;
    private final Children children;
    private final Path jar;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Executor threads = task -> Thread.ofVirtual().name("demo-deploy").start(task);
    private final List<ArcadeNode> members = new ArrayList<>();
    private final List<ArcadeNode> edges = new ArrayList<>();
    private final List<Gamer> gamers = new ArrayList<>();
    private int games;

    ArcadeStory(Stage stage, Children children, Path jar) {
        this.stage = stage;
        this.children = children;
        this.jar = jar;
    }

    @Override
    public void close() {
        gamers.forEach(Gamer::close);
        client.shutdownNow();
    }

    // --- the nodes

    /// Starts the processes and returns at once.
    void begin() {
        var ports = freePorts();
        for (var number = 0; number < ports.size(); number++) {
            var name = List.of("north", "east", "west").get(number);
            members.add(ArcadeNode.start(children, name, "gateway", member(ports, number)));
        }
        members.forEach(node -> stage.tell(node.name() + " starts as process " + node.pid()
                + ", a member of the Cluster"));
    }

    /// They bind at once, so that none is given twice.
    private static List<Integer> freePorts() {
        var sockets = new ArrayList<ServerSocket>();
        try {
            for (var i = 0; i < 3; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            var ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
            for (var socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new StepFailedException("no free ports: " + e.getMessage());
        }
    }

    private static String member(List<Integer> ports, int number) {
        var seeds = ports.stream()
                .map(port -> "\"127.0.0.1:" + port + "\"")
                .collect(Collectors.joining(", "));
        return """
            macula {
              realm.name = arcade
              quic.port = 0
              http.port = 0
              cluster { enabled = true, port = %d, seeds = [%s], silence-max = 2 s, stable-after = 2 s }
              coordination { enabled = true, port = 0 }
            }
            """.formatted(
                ports.get(number), seeds);
    }

    private static String edge(String gateway) {
        return """
            macula {
              realm.name = arcade
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

    private List<ArcadeNode> everybody() {
        var all = new ArrayList<>(members);
        all.addAll(edges);
        return all;
    }

    private ArcadeNode leader() {
        return sooner(() -> leading(members).flatMap(id -> members.stream()
                .filter(node -> node.id().equals(id))
                .findFirst()), PATIENCE, "nobody leads the matchmaking");
    }

    private static Optional<String> leading(List<ArcadeNode> asked) {
        return asked.stream().flatMap(node -> node.leader(MATCHMAKER).stream()).findFirst();
    }

    private static <T> T sooner(Supplier<Optional<T>> look, Duration patience, String otherwise) {
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

    // --- the scenes

    /// Returns what was seen.
    String play(DemoScene scene) {
        return switch (scene) {
            case MESH -> throw new IllegalArgumentException("the mesh is another story");
            case MATCH_ACROSS_PEERS -> match();
            case CRASH_A_CHILD -> crashAChild();
            case KILL_THE_GAMES_NODE -> killTheGamesNode();
            case KILL_THE_LEADER -> killTheLeader();
        };
    }

    /// Two players on different peers meet and play.
    private record Play(String match, Gamer ann, Gamer ben) implements AutoCloseable {

        @Override
        public void close() {
            ann.close();
            ben.close();
        }
    }

    private Play meet() {
        games++;
        var ann = gamer("Ann " + games, edges.get(0));
        var ben = gamer("Ben " + games, edges.get(1));
        ann.join();
        ben.join();
        var forAnn = ann.hear("match", PATIENCE).path("match").asText();
        var forBen = ben.hear("match", PATIENCE).path("match").asText();
        if (!forAnn.equals(forBen) || ann.seat() == ben.seat()) {
            throw new StepFailedException("they were told different matches: " + forAnn + " and "
                    + forBen);
        }
        ann.frame(frame -> frame.tick() > 10, PATIENCE, "the game begin");
        ben.frame(frame -> frame.tick() > 10, PATIENCE, "the game begin");
        return new Play(forAnn, ann, ben);
    }

    private Gamer gamer(String name, ArcadeNode node) {
        var gamer = new Gamer(name, client, node.http());
        gamers.add(gamer);
        return gamer;
    }

    private String match() {
        try (var play = meet()) {
            play.ann().lose();
            var over = play.ben().hear("over", PATIENCE);
            if (over.path("winner").asInt() != play.ben().seat()) {
                throw new StepFailedException("Ann ran into the wall, and the result is " + over);
            }
            return "Ann on one peer meets Ben on another; Ann runs into the wall, Ben wins";
        }
    }

    private String killTheGamesNode() {
        try (var play = meet()) {
            var frame = play.ann().frame(_ -> true, PATIENCE, "a frame");
            var host = node(frame.host());
            play.ann().watch();
            play.ben().watch();
            stage.tell("the game runs on " + host.name() + "; process " + host.pid()
                    + " is killed");
            host.kill();
            for (var gamer : List.of(play.ann(), play.ben())) {
                gamer.frame(next -> next.epoch() > frame.epoch(), PATIENCE, "the game go on");
            }
            var gaps = List.of(play.ann().longestGap(), play.ben().longestGap());
            var gap = Collections.max(gaps);
            stage.tell("Ann's page waited " + gaps.get(0).toMillis() + " ms, Ben's "
                    + gaps.get(1).toMillis() + " ms");
            play.ben().lose();
            var over = play.ann().hear("over", PATIENCE);
            host.startAgain();
            if (gap.compareTo(STANDSTILL_MAX) > 0) {
                throw new StepFailedException("the game stood still for " + gap.toMillis()
                        + " ms, and may for " + STANDSTILL_MAX.toMillis());
            }
            if (over.path("winner").asInt() != play.ann().seat()) {
                throw new StepFailedException("Ben ran into the wall, and the result is " + over);
            }
            return "the game stood still for " + gap.toMillis() + " ms and went on; Ann won it";
        }
    }

    private ArcadeNode node(String id) {
        return everybody().stream()
                .filter(node -> node.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new StepFailedException("nobody knows the node " + id));
    }

    private String killTheLeader() {
        members.forEach(this::isBack);
        var leader = leader();
        stage.tell(leader.name() + " matches players; process " + leader.pid() + " is killed");
        var began = System.nanoTime();
        leader.kill();
        try (var play = meet()) {
            var took = Duration.ofNanos(System.nanoTime() - began);
            play.ann().lose();
            play.ben().hear("over", PATIENCE);
            leader.startAgain();
            leader.facts();
            return "another node took over, and players met " + took.toMillis()
                    + " ms after the kill";
        }
    }

    /// With two of three voters nobody could be elected.
    private void isBack(ArcadeNode node) {
        node.facts();
        sooner(() -> node.leader(MATCHMAKER), PATIENCE, node.name() + " is not back");
    }

    private String crashAChild() {
        try (var play = meet()) {
            var frame = play.ann().frame(_ -> true, PATIENCE, "a frame");
            var host = node(frame.host());
            var arena = play.match();
            var before = host.starts("arcade", "matches", arena);
            host.crash("arcade/matches/" + arena);
            sooner(() -> host.starts("arcade", "matches", arena) > before
                    ? Optional.of(true)
                    : Optional.empty(), PATIENCE, "the match's process did not start again");
            for (var gamer : List.of(play.ann(), play.ben())) {
                gamer.frame(next -> next.tick() > frame.tick() + 20, PATIENCE, "the game go on");
            }
            play.ann().lose();
            play.ben().hear("over", PATIENCE);
            return "the process of the match on " + host.name()
                    + " crashed and was started again; the game went on";
        }
    }
}
