package io.macula.app.workload;

import io.macula.supervision.Spec;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// An application that nodes run: a supervision tree of typed actors with a name, a version and a life.
/// Deployed by `macula app deploy`, as a jar that names its class in
/// `META-INF/services/io.macula.app.workload.Workload`, or as a class the node already has.
///
/// A public class with a public constructor without parameters. Each deployment has an ActorSystem and
/// a class loader of its own: whatever it does to itself (an endless restart, a stack overflow), the
/// node and the other workloads go on. That is isolation against faults and not against malice: the
/// code runs in the node's process with all its rights.
///
/// **Life:** [#processes] → running, asked [#isHealthy] again and again → [#drain] → the tree is stopped in
/// reverse order → [#stop] → all that was registered through the [Platform] is closed.
public interface Workload {

    /// Its name on a node: 1 to 64 lower-case letters, digits and `-`, a letter first.
    String name();

    /// Its version, shown to operators: 1 to 64 letters, digits, `.`, `-`, `+`.
    String version();

    /// The processes it consists of. Called once for each start, on a thread that may block; an
    /// exception is a start that failed.
    Spec processes(Platform platform) throws Exception;

    /// Whether it is fit for work, asked every few seconds off the node's threads. A workload that is
    /// not (or throws, or takes too long) is shown as unhealthy; it is not restarted for that.
    default boolean isHealthy() {
        return true;
    }

    /// Takes no more work and finishes what runs. Stopping goes on when the stage completes, or
    /// after the node's patience.
    default CompletionStage<?> drain() {
        return CompletableFuture.completedStage(true);
    }

    /// Gives back what [#processes] took outside of the platform. The tree has stopped by then.
    default void stop() {}
}
