package io.macula.runtime.demo;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// The scenes of the arcade: players on different nodes meet, and play on while processes crash and nodes are killed or
/// cut off.
final class ArcadeStory implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// How long a game may stand still when its node is killed.
    private static final Duration STANDSTILL_MAX = Duration.ofSeconds(2);

    private final Stage stage;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ArcadeNodes nodes;
    private final List<Gamer> gamers = new ArrayList<>();
    private int games;

    ArcadeStory(Stage stage, ArcadeNodes nodes) {
        this.stage = stage;
        this.nodes = nodes;
    }

    @Override
    public void close() {
        gamers.forEach(Gamer::close);
        client.shutdownNow();
    }

    /// Returns what was seen.
    String play(DemoScene scene) {
        return switch (scene) {
            case MESH -> throw new IllegalArgumentException("the mesh is another story");
            case MATCH_ACROSS_PEERS -> match();
            case CRASH_A_CHILD -> crashAChild();
            case KILL_THE_GAMES_NODE -> killTheGamesNode();
            case KILL_THE_LEADER -> killTheLeader();
            case PARTITION_AND_HEAL -> partitionAndHeal();
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
        return meet("Ann", nodes.edge(0), "Ben", nodes.edge(1));
    }

    private Play meet(String one, ArcadeNode here, String other, ArcadeNode there) {
        games++;
        var ann = gamer(one + " " + games, here);
        var ben = gamer(other + " " + games, there);
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
            var host = nodes.node(frame.host());
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

    private String killTheLeader() {
        nodes.areBack();
        var leader = nodes.leader();
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

    private String crashAChild() {
        try (var play = meet()) {
            var frame = play.ann().frame(_ -> true, PATIENCE, "a frame");
            var host = nodes.node(frame.host());
            var arena = play.match();
            var before = host.starts("arcade", "matches", arena);
            host.crash("arcade/matches/" + arena);
            ArcadeNodes.sooner(() -> host.starts("arcade", "matches", arena) > before
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

    private String partitionAndHeal() {
        nodes.areBack();
        var alone = nodes.leader();
        stage.tell(alone.name() + " matches players; it is cut off from all others");
        var began = System.nanoTime();
        nodes.cutOff(alone);
        Duration apart;
        try (var play = meet()) {
            apart = Duration.ofNanos(System.nanoTime() - began);
            var next = nodes.leader(others(alone));
            stage.tell("the others chose " + next.name() + "; players met after "
                    + apart.toMillis() + " ms, without " + alone.name());
            play.ann().lose();
            play.ben().hear("over", PATIENCE);
        } finally {
            nodes.heal();
        }
        var healed = System.nanoTime();
        stage.tell("the cut is healed");
        nodes.areBack();
        try (var play = meet("Cleo", alone, "Dan", nodes.edge(0))) {
            var together = Duration.ofNanos(System.nanoTime() - healed);
            play.ann().lose();
            play.ben().hear("over", PATIENCE);
            return "the majority played on " + apart.toMillis() + " ms after the cut; a player on "
                    + alone.name() + " met one of the others " + together.toMillis()
                    + " ms after it was healed";
        }
    }

    private List<ArcadeNode> others(ArcadeNode alone) {
        return nodes.members().stream().filter(node -> node != alone).toList();
    }
}
