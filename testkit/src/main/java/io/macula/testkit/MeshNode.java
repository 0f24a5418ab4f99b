package io.macula.testkit;

import io.macula.actors.cluster.ClusterSeat;
import io.macula.actors.link.PeerAddress;
import io.macula.runtime.MaculaNode;
import io.macula.runtime.MaculaNode.Started;
import io.macula.runtime.Node;
import io.macula.runtime.cut.CutWiring;
import io.macula.supervision.testkit.Lab;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One node of a mesh over its lives, which have the same folder, and so the same identity, and the same addresses. For
/// one thread at a time.
final class MeshNode {

    private static final Duration END_PATIENCE = Duration.ofSeconds(30);

    private final Plan plan;
    private final int number;
    private final Cables cables;
    private @Nullable MaculaNode node;
    private @Nullable CutWiring wiring;
    private @Nullable Lab lab;
    private @Nullable String address;
    private int quicPort;

    MeshNode(Plan plan, int number, Cables cables) {
        this.plan = plan;
        this.number = number;
        this.cables = cables;
    }

    int number() {
        return number;
    }

    boolean isRunning() {
        return node != null && !node.stopped().toCompletableFuture().isDone();
    }

    /// Empty while it does not run.
    Optional<Node> running() {
        return isRunning() ? Optional.of(Objects.requireNonNull(node)) : Optional.empty();
    }

    /// Breaks the trees of its present life.
    Lab lab() {
        var made = lab;
        if (made == null) {
            made = Lab.joining(Objects.requireNonNull(node, "it runs").system(), plan.seed());
            lab = made;
        }
        return made;
    }

    /// Takes the faults of its lab back.
    void heal() {
        if (lab != null) {
            lab.heal();
        }
    }

    /// Where others reach it; empty before its first life.
    Optional<String> address() {
        return Optional.ofNullable(address);
    }

    /// Begins a life.
    ///
    /// @param peers whom it joins through
    /// @throws IllegalStateException
    ///             with the reason if it does not come up
    void start(List<String> peers) {
        var settings = new NodeText(plan, number, quicPort, peers).read();
        var fresh = new CutWiring(new NodeReach(number, cables, plan.memberPorts()));
        switch (MaculaNode.start(settings, fresh)) {
            case Started.Running(var made) -> {
                wiring = fresh;
                begun((MaculaNode) made);
            }
            case Started.Failed(var failure) -> {
                fresh.end();
                throw new IllegalStateException(
                        "node " + number + " does not start: " + failure.message());
            }
        }
    }

    private void begun(MaculaNode made) {
        node = made;
        cables.isNode(made.id(), number);
        quicPort = made.quicAddress().orElseThrow().getPort();
        cables.listensAt(quicPort, number);
        address = new PeerAddress(made.id(), "127.0.0.1", quicPort).toString();
    }

    /// Ends its life without a goodbye to the Cluster and without giving back what it holds. Returns when it has ended.
    /// What its links have open stays, silent, if the cables say that it was killed.
    void end() {
        var ending = node;
        if (ending == null) {
            return;
        }
        heal(); // a child that hangs would hold up the end
        lab = null;
        ending.cluster().ifPresent(ClusterSeat::abandon);
        ending.system().terminate();
        try {
            ending.stopped()
                    .toCompletableFuture()
                    .orTimeout(END_PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException late) {
            throw new IllegalStateException("node " + number + " did not end within "
                    + END_PATIENCE.toSeconds() + " s", late);
        }
    }

    /// Ends what is left of its last life, so that nothing of it is open any more.
    void clear() {
        end();
        if (wiring != null) {
            wiring.end();
        }
        node = null;
        wiring = null;
    }
}
