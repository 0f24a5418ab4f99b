package io.macula.runtime.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The demonstration: processes on this machine that play scenes, one after the other.
public final class Demo implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration SCENE_LIMIT = Duration.ofSeconds(60);
    private static final Duration END_LIMIT = Duration.ofSeconds(30);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);

    private final Children children;
    private final Stage stage;
    private final @Nullable Path game;
    private final CompletableFuture<Void> stop;
    private @Nullable ArcadeNodes nodes;
    private @Nullable ArcadeStory arcade;

    /// @param folder
    ///            an empty folder for the processes' data and logs
    /// @param mainClass
    ///            the program to start further processes of
    /// @param game
    ///            the jar of the arcade, when it is there
    /// @param stop
    ///            ends the story early when completed
    public Demo(Path folder, String mainClass, Optional<Path> game, Consumer<String> story,
            CompletableFuture<Void> stop) {
        this.children = new Children(folder, mainClass);
        this.stage = new Stage(story, stop);
        this.game = game.orElse(null);
        this.stop = stop;
    }

    /// Plays these scenes, in their order, and returns what each step showed.
    public List<DemoStep> play(Set<DemoScene> scenes) {
        var ofTheArcade = EnumSet.copyOf(scenes);
        ofTheArcade.remove(DemoScene.MESH);
        if (!ofTheArcade.isEmpty()) {
            beginArcade(0); // meanwhile the mesh is shown
        }
        if (!scenes.contains(DemoScene.MESH) || new MeshStory(stage, children).play()) {
            if (!ofTheArcade.isEmpty() && arcadeIsReady()) {
                ofTheArcade.forEach(this::play);
            }
        }
        stage.step("processes end", END_LIMIT, () -> endAll(Child::isKilled));
        return stage.steps();
    }

    /// Starts the arcade for people to play in, and waits until they want it to end.
    public List<DemoStep> open() {
        beginArcade(ArcadeNodes.PORT);
        if (arcadeIsReady()) {
            stage.tell("the console, which shows all of them: " + nodes().console());
            stage.tell(
                    "open two of the pages above and press Play on both; harm the nodes meanwhile, in"
                            + " another terminal:");
            var first = children.folder("north");
            stage.tell("  ./macula tree --data-dir " + first);
            stage.tell("  ./macula crash --data-dir " + first + " arcade/lobby");
            stage.tell("  ./macula partition " + first + " " + children.folder("east") + ","
                    + children.folder("west"));
            stage.tell("Ctrl-C ends it all");
            stop.join();
        }
        stage.lastStep("processes end", END_LIMIT, () -> endAll(Child::isGone));
        return stage.steps();
    }

    private ArcadeNodes nodes() {
        return Objects.requireNonNull(nodes, "they have begun");
    }

    /// @param httpPort of the first node, 0 for any
    private void beginArcade(int httpPort) {
        var jar = game;
        if (jar != null) {
            var begun = new ArcadeNodes(stage, children, jar);
            nodes = begun;
            arcade = new ArcadeStory(stage, begun);
            begun.begin(httpPort);
        }
    }

    private boolean arcadeIsReady() {
        var begun = nodes;
        if (begun == null) {
            stage.skip("arcade ready", "the jar of the game is not there; ./macula builds it");
            return false;
        }
        return stage.step("arcade ready", START_LIMIT, begun::ready);
    }

    private void play(DemoScene scene) {
        var story = arcade;
        if (story != null) {
            stage.step(scene.title().replace('-', ' '), SCENE_LIMIT, () -> story.play(scene));
        }
    }

    private String endAll(Predicate<Child> isOver) {
        var alive = children.all().stream().filter(isOver.negate()).toList();
        alive.forEach(child -> child.settle(ANSWER_LIMIT));
        alive.forEach(Child::stop);
        for (var child : alive) {
            var code = child.exitCode(ANSWER_LIMIT);
            if (code != 0) {
                throw new StepFailedException(child.name() + " ended with exit code " + code);
            }
        }
        return alive.size() + " processes drained and ended with exit code 0";
    }

    @Override
    public void close() {
        var story = arcade;
        if (story != null) {
            story.close();
        }
        children.close();
    }
}
