package io.macula.runtime;

import io.macula.runtime.kept.Keeper;
import io.macula.runtime.kept.KeptChildren;
import io.macula.runtime.workload.DeploymentStore;
import io.macula.runtime.workload.Workloads;
import io.macula.supervision.Key;
import io.macula.supervision.Spec;
import io.macula.supervision.Supervisor;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The part of a node that runs workloads: what outlives the processes.
final class WorkloadAssembly {

    static final String WORKLOADS = "workloads";
    static final Key<Keeper.Command> KEEPER = Key.of("workload_keeper");

    /// Where in the data folder it is kept what is deployed.
    private static final String FOLDER = "apps";

    private final KeptChildren processes;
    private final Workloads workloads;
    private final AtomicReference<@Nullable Node> node = new AtomicReference<>();

    WorkloadAssembly(NodeSettings settings, Executor executor) {
        var tuning = settings.tuning().platform();
        this.processes = new KeptChildren(tuning.appsMax());
        this.workloads = new Workloads(new Workloads.Parts(this::node,
                settings.dataDirectory()
                        .map(folder -> DeploymentStore.in(folder.resolve(FOLDER)))
                        .orElseGet(DeploymentStore::inMemory),
                processes, tuning.appMailboxMax(), tuning.appRequestsMax(), tuning.appDrain(),
                MaculaNode.class.getClassLoader(), NodeReference.LOADER, executor));
    }

    private Node node() {
        var running = node.get();
        if (running == null) {
            throw new IllegalStateException("the node does not run yet");
        }
        return running;
    }

    /// The tree `platform_system` with what runs workloads.
    Spec addTo(Spec platform) {
        return platform
                .supervisor(WORKLOADS, Supervisor.dynamic(processes.childrenMax())
                        .intensity(10, Duration.ofSeconds(60)))
                .child(KEEPER, refs -> Keeper.create(processes,
                        refs.get(Supervisor.key(WORKLOADS))));
    }

    /// The node runs: from now on workloads may.
    void begin(Node running) {
        node.set(running);
        workloads.begin();
    }

    Workloads workloads() {
        return workloads;
    }
}
