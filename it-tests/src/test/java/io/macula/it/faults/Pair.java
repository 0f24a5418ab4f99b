package io.macula.it.faults;

import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.it.Mesh;
import io.macula.runtime.Node;
import io.macula.supervision.ChildState;
import io.macula.supervision.testkit.Invariant;
import io.macula.supervision.testkit.Lab;
import io.macula.supervision.testkit.Observation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A gateway and a peer that answers its calls. Of one of them the trees are about to be broken; in the
/// end a call gets through all the same.
final class Pair implements AutoCloseable {

    private static final String PROCEDURE = "pair.echo";
    private static final Rpc.CallOptions OPTIONS = Rpc.CallOptions.DEFAULT
            .withDeadline(Duration.ofSeconds(3));

    private final Node gateway = Mesh.gateway();
    private final Node peer = Mesh.peerOf(gateway, "peer");

    Pair() {
        if (!(peer.rpc().serve(PROCEDURE, Rpc.Answer.Result::new) instanceof Rpc.Served.Active)) {
            throw new AssertionError("the peer does not serve");
        }
    }

    /// A lab around the gateway or the peer, that closes both with itself.
    Lab around(boolean theGateway, long seed) {
        var lab = Mishaps.joining(theGateway ? gateway : peer, seed);
        lab.alsoClose(() -> this);
        lab.eventually("a call gets through", this::isAnswered);
        return lab;
    }

    /// Calls and does not wait.
    void call() {
        gateway.rpc()
                .call(PROCEDURE, Payload.of("1"), OPTIONS)
                .thenAccept(_ -> {});
    }

    /// After quiet a call gets through, if the broken node has not given up for good.
    Invariant answering() {
        return Invariant.afterQuiet("after quiet a call gets through",
                seen -> isOver(seen) || isAnswered()
                        ? Optional.empty()
                        : Optional.of("a call was not answered"));
    }

    private static boolean isOver(Observation seen) {
        return seen.trees().stream().anyMatch(tree -> tree.state() == ChildState.DOWN);
    }

    private boolean isAnswered() {
        try {
            return gateway.rpc()
                    .call(PROCEDURE, Payload.of("1"), OPTIONS)
                    .toCompletableFuture()
                    .get(OPTIONS.deadline().toSeconds() * 2, TimeUnit.SECONDS)
                    .equals(new Rpc.Outcome.Ok(Payload.of("1")));
        } catch (InterruptedException | ExecutionException | TimeoutException fault) {
            throw new AssertionError("a call ends", fault);
        }
    }

    @Override
    public void close() {
        peer.close();
        gateway.close();
    }
}
