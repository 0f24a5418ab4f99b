package io.macula.runtime;

import io.macula.actors.cluster.ClusterSeat;
import io.macula.actors.state.SharedState;
import io.macula.dht.NodeId;
import io.macula.runtime.coordination.CoordinationSeat;
import io.macula.runtime.global.Advisory;
import io.macula.runtime.global.AdvisoryWatch;
import io.macula.runtime.global.Members;
import io.macula.runtime.global.NodeGlobalServices;
import io.macula.runtime.global.ReplicaTalk;
import io.macula.runtime.kept.Keeper;
import io.macula.runtime.kept.KeptChildren;
import io.macula.supervision.Key;
import io.macula.supervision.Spec;
import io.macula.supervision.Supervisor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

/// The part of a node that hosts global services and stands in elections without a quorum: what
/// outlives the processes.
final class GlobalAssembly {

    static final String SERVICES = "global_services";
    static final Key<Keeper.Command> KEEPER = Key.of("global_keeper");

    private final KeptChildren processes;
    private final Advisory advisory;
    private final NodeGlobalServices.Hosts hosts;

    GlobalAssembly(PlatformTuning tuning, NodeId self, SharedState shared,
            Optional<ClusterSeat> cluster, Optional<CoordinationSeat> coordination,
            Executor executor) {
        this.processes = new KeptChildren(tuning.globalServicesMax());
        this.advisory = new Advisory(self, shared, executor);
        var members = cluster.<Members>map(seat -> ReplicaTalk.between(self, seat, shared))
                .orElseGet(() -> Members.alone(self));
        this.hosts = new NodeGlobalServices.Hosts(shared, members,
                coordination.map(CoordinationSeat::coordination), advisory, processes,
                tuning.globalTimeToLive(), tuning.globalRequestsMax());
    }

    /// The tree `platform_system` with what hosts global services.
    Spec addTo(Spec platform) {
        return platform
                .supervisor(SERVICES, Supervisor.dynamic(processes.childrenMax())
                        .intensity(10, Duration.ofSeconds(60)))
                .child(KEEPER, refs -> Keeper.create(processes,
                        refs.get(Supervisor.key(SERVICES))))
                .child(AdvisoryWatch.KEY, _ -> AdvisoryWatch.create(advisory));
    }

    Advisory advisory() {
        return advisory;
    }

    NodeGlobalServices.Hosts hosts() {
        return hosts;
    }
}
