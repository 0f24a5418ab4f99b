package io.macula.runtime.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.actors.dht.Discovery;
import io.macula.runtime.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// A node that has nothing and does nothing; a test gives it what it asks for.
public class IdleControl implements NodeControl {

    @Override
    public List<TreeNode> trees() {
        return List.of();
    }

    @Override
    public List<ObjectNode> peers() {
        return List.of();
    }

    @Override
    public ObjectNode status() {
        return Json.object();
    }

    @Override
    public Crashed crash(String path) {
        return new Crashed.NothingThere(path);
    }

    @Override
    public CompletionStage<Boolean> drain(Duration patience, Consumer<String> progress) {
        return CompletableFuture.completedStage(true);
    }

    @Override
    public Optional<Discovery> discovery() {
        return Optional.empty();
    }
}
