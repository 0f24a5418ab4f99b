package io.macula.runtime.workload;

import io.macula.runtime.Node;
import io.macula.runtime.kept.KeptChildren;
import io.macula.supervision.Child;
import io.macula.supervision.Key;
import io.macula.supervision.Shutdown;
import io.macula.supervision.TreePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The workloads of a node: which shall run, and which do. Deploying, stopping and restarting block until they
/// are done, one at a time. Belongs to the node; safe to use from any thread.
public final class Workloads implements AutoCloseable {

    /// What became of a request.
    public sealed interface Result {

        /// @param view how it is now
        record Done(WorkloadView view) implements Result {}

        /// There is none of that name.
        record NotThere(String message) implements Result {}

        /// It was asked for under a fence older than one that was seen.
        record Outdated(String message) implements Result {}

        /// One sentence; what ran before runs on.
        record Failed(String message) implements Result {}
    }

    /// What it is made of.
    ///
    /// @param node what workloads are given; asked for when one starts
    /// @param store where it is kept what shall run
    /// @param code the class loader whose `app-api` workloads see
    /// @param pekko the class loader that Pekko is found by
    public record Parts(Supplier<Node> node, DeploymentStore store, KeptChildren processes,
            int mailboxMax, int requestsMax, Duration drain, ClassLoader code, ClassLoader pekko,
            Executor executor) {}

    private static final Logger LOG = LoggerFactory.getLogger(Workloads.class);

    private static final Duration START_PATIENCE = Duration.ofSeconds(40);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Parts parts;
    private final Map<String, WorkloadSeat> seats = new ConcurrentHashMap<>();

    public Workloads(Parts parts) {
        this.parts = parts;
    }

    /// The node runs: starts what shall run on it. What cannot be loaded any more is said and left out.
    public synchronized void begin() {
        for (var deployment : parts.store().all()) {
            if (deployment.isWanted()) {
                begin(deployment);
            }
        }
    }

    private void begin(Deployment deployment) {
        switch (load(deployment.source())) {
            case LoadedWorkload.Result.Ready(var loaded) -> {
                if (run(loaded).isEmpty()) {
                    cannotStart(deployment, "this node runs as many workloads as it may");
                }
            }
            case LoadedWorkload.Result.Failed(var message) -> cannotStart(deployment, message);
        }
    }

    private static void cannotStart(Deployment deployment, String why) {
        LOG.atWarn()
                .addKeyValue("workload", deployment.name())
                .addKeyValue("reason", why)
                .log("a workload that was deployed cannot be started");
    }

    private LoadedWorkload.Result load(WorkloadSource source) {
        return LoadedWorkload.load(source, parts.code());
    }

    /// Deploys a workload; one of the same name is replaced, after the new one was found to be fit to
    /// be loaded.
    ///
    /// @param fence
    ///            of the leader on whose behalf it is done; 0 for an operator
    public synchronized Result deploy(WorkloadSource source, long fence) {
        switch (load(source)) {
            case LoadedWorkload.Result.Failed(var message) -> {
                return new Result.Failed(message);
            }
            case LoadedWorkload.Result.Ready(var probe) -> probe.close();
        }
        return switch (kept(source)) {
            case DeploymentStore.Kept.Failed(var message) -> new Result.Failed(message);
            case DeploymentStore.Kept.Done(var own) -> switch (load(own)) {
                case LoadedWorkload.Result.Failed(var message) -> new Result.Failed(message);
                case LoadedWorkload.Result.Ready(var loaded) -> deploy(loaded, own, fence);
            };
        };
    }

    private DeploymentStore.Kept kept(WorkloadSource source) {
        return parts.store().keep(source);
    }

    private Result deploy(LoadedWorkload loaded, WorkloadSource source, long fence) {
        var name = loaded.workload().name();
        var before = parts.store().get(name);
        var outdated = outdated(before, name, fence);
        if (outdated.isPresent()) {
            loaded.close();
            return outdated.get();
        }
        end(name);
        var seen = before.map(Deployment::fence).orElse(0L);
        var complaint = parts.store()
                .put(new Deployment(name, loaded.workload().version(), source,
                        Math.max(seen, fence), true));
        if (complaint.isPresent()) {
            loaded.close();
            return new Result.Failed(complaint.get());
        }
        return run(loaded)
                .map(this::started)
                .orElseGet(() -> new Result.Failed("this node runs as many workloads as it may ("
                        + parts.processes().childrenMax() + "); stop one, or raise"
                        + " macula.apps.max"));
    }

    private static Optional<Result> outdated(Optional<Deployment> before, String name,
            long fence) {
        return before.filter(known -> known.fence() > 0 && fence < known.fence())
                .map(known -> new Result.Outdated(name + " was last changed under fence "
                        + known.fence() + ", which is newer than "
                        + (fence == 0 ? "none" : Long.toString(fence))));
    }

    private Optional<WorkloadSeat> run(LoadedWorkload loaded) {
        var seat = new WorkloadSeat(loaded);
        var key = Key.<WorkloadProcess.Command>of(seat.name());
        var own = new WorkloadProcess.Parts(seat, parts.node(),
                new WorkloadProcess.Limits(parts.mailboxMax(), parts.requestsMax(), parts.drain()),
                parts.pekko(), parts.executor());
        var child = Child.of(key, _ -> WorkloadProcess.create(own))
                .temporary()
                .withStopMessage(new WorkloadProcess.Stop())
                .shutdown(Shutdown.timeout(
                        parts.drain().plus(WorkloadProcess.STOP_PATIENCE).plusSeconds(5)));
        if (!parts.processes().add(child)) {
            loaded.close();
            return Optional.empty();
        }
        seats.put(seat.name(), seat);
        return Optional.of(seat);
    }

    /// Waits until it runs, or its first start failed.
    private Result started(WorkloadSeat seat) {
        var until = System.nanoTime() + START_PATIENCE.toNanos();
        while (seat.view().state() == WorkloadView.State.STARTING
                && System.nanoTime() - until < 0) {
            pause();
        }
        return seat.view().state() == WorkloadView.State.FAILED
                ? new Result.Failed(seat.name() + " was deployed and does not run: "
                        + seat.view().problem() + "; it is started again and again until it is"
                        + " stopped")
                : new Result.Done(seat.view());
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Drains and stops; it stays deployed, and does not run until it is restarted.
    public synchronized Result stop(String name, long fence) {
        var known = parts.store().get(name);
        if (known.isEmpty()) {
            return notThere(name);
        }
        var outdated = outdated(known, name, fence);
        if (outdated.isPresent()) {
            return outdated.get();
        }
        end(name);
        var complaint = parts.store().put(known.get().wanted(false, fence));
        return complaint.<Result>map(Result.Failed::new)
                .orElseGet(() -> new Result.Done(new WorkloadView(name, known.get().version(),
                        WorkloadView.State.STOPPED, 0, "")));
    }

    private static Result notThere(String name) {
        return new Result.NotThere("no workload '" + name + "' is deployed on this node");
    }

    /// Stops and starts it, also one that was stopped before.
    public synchronized Result restart(String name, long fence) {
        var known = parts.store().get(name);
        return known.isEmpty() ? notThere(name) : deploy(known.get(), fence);
    }

    private Result deploy(Deployment known, long fence) {
        return switch (load(known.source())) {
            case LoadedWorkload.Result.Failed(var message) -> new Result.Failed(message);
            case LoadedWorkload.Result.Ready(var loaded) ->
                deploy(loaded, known.source(), fence);
        };
    }

    /// Returns when it has stopped.
    private void end(String name) {
        var seat = seats.remove(name);
        if (seat == null) {
            return;
        }
        parts.processes().remove(name);
        seat.stopped()
                .toCompletableFuture()
                .completeOnTimeout(false, parts.drain()
                        .plus(WorkloadProcess.STOP_PATIENCE)
                        .plusSeconds(10)
                        .toMillis(), TimeUnit.MILLISECONDS)
                .join();
        seat.abandon();
        seat.loaded().close();
    }

    /// Drains and stops all that run, one after the other. They stay deployed, and run again when the node is
    /// started again.
    ///
    /// @param stopped told the name of each when it has stopped
    public synchronized void drain(Consumer<String> stopped) {
        for (var name : new TreeSet<>(seats.keySet())) {
            end(name);
            stopped.accept(name);
        }
    }

    /// All that are deployed, in the order of their names.
    public List<WorkloadView> views() {
        var all = new ArrayList<WorkloadView>();
        for (var deployment : parts.store().all()) {
            var seat = seats.get(deployment.name());
            all.add(seat == null
                    ? new WorkloadView(deployment.name(), deployment.version(),
                            WorkloadView.State.STOPPED, 0, "")
                    : seat.view());
        }
        all.sort(Comparator.comparing(WorkloadView::name));
        return all;
    }

    /// The supervision trees of those that run.
    public List<io.macula.supervision.Node> trees() {
        return seats.values().stream().flatMap(seat -> seat.trees().stream()).toList();
    }

    /// Lets a process of a workload crash. False when nothing runs at `place`.
    public boolean crash(TreePath place, Throwable cause) {
        return seats.values().stream().anyMatch(seat -> seat.crash(place, cause));
    }

    /// Gives back what is left after the processes were stopped with their tree.
    @Override
    public void close() {
        seats.values().forEach(seat -> {
            seat.abandon();
            seat.loaded().close();
        });
    }
}
