package io.macula.actors.lan;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// Where this node is announced just now. Belongs to the node and not to the process that keeps it:
/// an incarnation that was killed could not take its announcement back. Joining and leaving follow
/// each other, and neither blocks the caller. Safe to use from any thread.
public final class LanPresence {

    private static final Executor WORKER = task -> Thread.ofVirtual()
            .name("macula-lan")
            .start(task);

    private CompletionStage<List<Lan>> last = CompletableFuture.completedStage(List.of());

    /// Leaves where this node is announced, then joins anew. Completes with the number of networks
    /// joined, and with the failure of `join` if it has one.
    synchronized CompletionStage<Integer> join(Supplier<List<Lan>> join) {
        var joined = left().thenApplyAsync(_ -> join.get(), WORKER);
        last = joined.exceptionally(_ -> List.of());
        return joined.thenApply(List::size);
    }

    /// Takes the announcements back; completes when that is done.
    public synchronized CompletionStage<Void> leave() {
        last = left();
        return last.thenAccept(_ -> {});
    }

    private CompletionStage<List<Lan>> left() {
        return last.thenApplyAsync(open -> {
            open.forEach(Lan::close);
            return List.of();
        }, WORKER);
    }
}
