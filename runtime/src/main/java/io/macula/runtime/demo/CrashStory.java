package io.macula.runtime.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.macula.runtime.control.ControlClient;
import io.macula.runtime.control.ControlClient.Answer;
import io.macula.runtime.control.TreeNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// One process of a peer is crashed on purpose, and the tree heals: it has been started once more,
/// and messages pass again.
final class CrashStory {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final String VICTIM = "connection";

    private final Stage stage;
    private final Child victim;
    private final Child witness;
    private final ControlClient control;
    private final long until = System.nanoTime() + LIMIT.toNanos();

    /// `witness` has subscribed to `sensor.*`.
    CrashStory(Stage stage, Child victim, Child witness) {
        this.stage = stage;
        this.victim = victim;
        this.witness = witness;
        this.control = new ControlClient(victim.dataDir(), PATIENCE);
    }

    String play() {
        var before = generation();
        crash();
        var from = System.nanoTime();
        var after = before;
        while (after <= before) {
            pauseOrFail("the crashed process was not started again");
            after = generation();
        }
        stage.tell("its supervisor started the process again: generation " + before + " -> "
                + after);
        var heard = publishUntilHeard();
        return "publishing works again " + (System.nanoTime() - from) / 1_000_000
                + " ms after the crash, " + witness.name() + " heard " + heard;
    }

    private void crash() {
        var path = trees().stream()
                .flatMap(tree -> tree.pathOf(VICTIM).stream())
                .findFirst()
                .orElseThrow(() -> new StepFailedException("there is no process " + VICTIM));
        if (!(control.crash(path) instanceof Answer.Ok)) {
            throw new StepFailedException(path + " could not be crashed");
        }
        stage.tell(victim.name() + "'s process " + path + " is crashed on purpose");
    }

    /// How often the process has been started; 0 while it is not running.
    private int generation() {
        return trees().stream()
                .flatMap(TreeNode::all)
                .filter(node -> node.id().equals(VICTIM))
                .filter(node -> node.state().equals("running"))
                .mapToInt(TreeNode::generation)
                .max()
                .orElse(0);
    }

    private List<TreeNode> trees() {
        return switch (control.tree()) {
            case Answer.Ok answer -> ControlClient.trees(answer);
            case Answer.Refused(_, var message) -> throw new StepFailedException(message);
            case Answer.NobodyThere(var message) -> throw new StepFailedException(message);
            case Answer.Failed(var message) -> throw new StepFailedException(message);
        };
    }

    private JsonNode publishUntilHeard() {
        var reading = MeshStory.op("publish").put("topic", "sensor.healed");
        reading.putObject("payload").put("celsius", 22);
        while (!victim.tryTo(reading, PATIENCE).path("ok").asBoolean()) {
            pauseOrFail("publishing did not work again");
        }
        return MeshStory.message(witness, "sensor.healed");
    }

    private void pauseOrFail(String otherwise) {
        if (System.nanoTime() > until || Thread.currentThread().isInterrupted()) {
            throw new StepFailedException(otherwise + " within " + LIMIT.toSeconds() + " s");
        }
        LockSupport.parkNanos(PAUSE.toNanos());
    }
}
