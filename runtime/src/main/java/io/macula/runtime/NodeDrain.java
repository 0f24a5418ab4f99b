package io.macula.runtime;

import io.macula.runtime.global.NodeGlobalServices;
import io.macula.runtime.workload.Workloads;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends a node in good order: nothing new comes in, what it leads goes to others, what runs is finished, and it says
/// goodbye. Blocks its thread.
final class NodeDrain {

    /// What is done one after the other.
    ///
    /// @param ready false from the first moment on
    /// @param withdraw lets nobody find this node any more
    /// @param coordination gives back what its sessions hold
    /// @param stop ends the node: it leaves its Cluster, and its links and processes end
    record Parts(Runnable ready, Runnable withdraw, Optional<Workloads> workloads,
            NodeGlobalServices services, Runnable coordination, NodePlane plane, Runnable stop) {}

    private static final Logger LOG = LoggerFactory.getLogger(NodeDrain.class);

    private static final Duration LOOK = Duration.ofMillis(20);

    private final Parts parts;
    private final Consumer<String> progress;
    private final long untilNanos;

    /// @param progress told one line for each step; must not block
    NodeDrain(Parts parts, Duration patience, Consumer<String> progress) {
        this.parts = parts;
        this.progress = progress;
        this.untilNanos = System.nanoTime() + patience.toNanos();
    }

    /// Returns when the node has stopped; true when all was finished in time.
    boolean run() {
        parts.ready().run();
        say("takes nothing new");
        var isWhole = step("withdrawn from the registry and the DHT", parts.withdraw());
        if (parts.workloads().isPresent()) {
            var workloads = parts.workloads().get();
            isWhole &= step("workloads stopped", () -> workloads.drain(
                    name -> say("workload " + name + " stopped")));
        }
        var hosted = parts.services().hosted();
        if (hosted > 0) {
            isWhole &= step(hosted + " global services handed over", parts.services()::leave);
        }
        isWhole &= step("locks and leadership given back", parts.coordination());
        isWhole &= finishes();
        say("leaving");
        parts.stop().run();
        say(isWhole ? "stopped" : "stopped, not all of it in time");
        return isWhole;
    }

    /// One that takes too long goes on by itself, until the node stops.
    private boolean step(String said, Runnable work) {
        var done = new CompletableFuture<Boolean>();
        Thread.ofVirtual().name("macula-drain").start(() -> {
            try {
                work.run();
                done.complete(true);
            } catch (RuntimeException e) {
                LOG.atWarn()
                        .addKeyValue("step", said)
                        .setCause(e)
                        .log("a step of the drain failed");
                done.complete(false);
            }
        });
        var isDone = within(done);
        say(isDone ? said : "not in time: " + said);
        return isDone;
    }

    private boolean within(CompletableFuture<Boolean> done) {
        try {
            return done.get(Math.max(1, untilNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /// Requests that are handled here, calls that wait for their answers, and messages that wait for their
    /// handlers.
    private boolean finishes() {
        var told = -1;
        for (var left = left(); left > 0; left = left()) {
            if (System.nanoTime() - untilNanos >= 0 || !pause()) {
                say("not in time: " + left + " requests and messages are left behind");
                return false;
            }
            if (left != told) {
                say("finishes " + left + " requests and messages");
                told = left;
            }
        }
        say("all requests finished");
        return true;
    }

    private int left() {
        var local = parts.plane().local();
        return local.calls().openCalls() + local.procedures().running()
                + local.subscriptions().waiting();
    }

    private static boolean pause() {
        try {
            Thread.sleep(LOOK);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void say(String line) {
        LOG.atInfo().addKeyValue("step", line).log("draining");
        progress.accept(line);
    }
}
