package io.macula.runtime.global;

import io.macula.actors.state.SharedState;
import io.macula.crdt.replicator.Version;
import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// Questions to a majority of the members of a Cluster, this node being one of them.
final class Majority {

    private final NodeId self;
    private final Members members;
    private final SharedState shared;

    Majority(NodeId self, Members members, SharedState shared) {
        this.self = self;
        this.members = members;
        this.shared = shared;
    }

    /// Whether a majority has all that `version` stands for, which this node has.
    CompletionStage<Boolean> has(Version version, Duration patience) {
        shared.hurry();
        return count(member -> members.reached(member, version, patience), patience);
    }

    /// Waits until this node has what a majority had when it was asked: then nothing is missing here
    /// that [#has] was true of before. False when that did not come about in time.
    CompletionStage<Boolean> catchUp(Duration patience) {
        return count(member -> members.version(member, patience)
                .thenCompose(version -> version.map(seen -> shared.reached(seen, patience))
                        .orElseGet(() -> CompletableFuture.completedStage(false))),
                patience);
    }

    private CompletionStage<Boolean> count(Function<NodeId, CompletionStage<Boolean>> question,
            Duration patience) {
        var all = members.all();
        var needed = all.size() / 2 + 1;
        var yes = new AtomicInteger(1); // this node itself
        var enough = new CompletableFuture<Boolean>();
        if (needed <= 1) {
            return CompletableFuture.completedStage(true);
        }
        for (var member : all) {
            if (!member.equals(self)) {
                var _ = question.apply(member).thenAccept(answer -> {
                    if (answer && yes.incrementAndGet() >= needed) {
                        enough.complete(true);
                    }
                });
            }
        }
        return enough.completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
