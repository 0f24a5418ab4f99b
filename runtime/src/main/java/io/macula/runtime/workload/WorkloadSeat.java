package io.macula.runtime.workload;

import io.macula.supervision.Node;
import io.macula.supervision.TreePath;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// A workload's place on a node: its code, what is known of it, and what runs; outlives the process that
/// watches it. Safe to use from any thread.
final class WorkloadSeat {

    private final LoadedWorkload loaded;
    private final CompletableFuture<Boolean> stopped = new CompletableFuture<>();
    private volatile WorkloadView view;
    private volatile @Nullable ActorRef<WorkloadProcess.Command> process;
    private @Nullable WorkloadSystem system;
    private @Nullable WorkloadPlatform platform;

    WorkloadSeat(LoadedWorkload loaded) {
        this.loaded = loaded;
        this.view = new WorkloadView(loaded.workload().name(), loaded.workload().version(),
                WorkloadView.State.STARTING, 0, "");
    }

    LoadedWorkload loaded() {
        return loaded;
    }

    String name() {
        return view.name();
    }

    WorkloadView view() {
        return view;
    }

    void is(WorkloadView.State state, String problem) {
        view = new WorkloadView(view.name(), view.version(), state, view.restarts(), problem);
    }

    void startsAgain() {
        view = new WorkloadView(view.name(), view.version(), WorkloadView.State.STARTING,
                view.restarts() + 1, view.problem());
    }

    /// A new incarnation of the process: what an older one left running is ended.
    void begin(ActorRef<WorkloadProcess.Command> itself) {
        process = itself;
        abandon();
    }

    void restart() {
        var to = process;
        if (to != null) {
            to.tell(new WorkloadProcess.Restart());
        }
    }

    synchronized void runs(WorkloadSystem started, WorkloadPlatform with) {
        abandon();
        system = started;
        platform = with;
    }

    /// What ran until now, for the one who ends it.
    synchronized @Nullable WorkloadSystem takeSystem() {
        var taken = system;
        system = null;
        return taken;
    }

    synchronized @Nullable WorkloadPlatform takePlatform() {
        var taken = platform;
        platform = null;
        return taken;
    }

    /// Ends what runs at once.
    void abandon() {
        var running = takeSystem();
        if (running != null) {
            running.abandon();
        }
        var registered = takePlatform();
        if (registered != null) {
            registered.close();
        }
    }

    synchronized List<Node> trees() {
        return system == null ? List.of() : system.trees();
    }

    synchronized boolean crash(TreePath place, Throwable cause) {
        return system != null && system.crash(place, cause);
    }

    /// Completes when it was stopped for good.
    CompletionStage<Boolean> stopped() {
        return stopped;
    }

    void end() {
        stopped.complete(true);
    }
}
