package io.macula.actors.cluster;

import io.macula.supervision.Child;
import io.macula.supervision.Shutdown;
import io.macula.supervision.Spec;
import io.macula.supervision.Starting;
import io.macula.supervision.Supervisor;
import java.time.Duration;

/// The tree `cluster_system` of a node that is a member of a Cluster. It is not there otherwise.
public final class ClusterSystem {

    public static final String ID = "cluster_system";

    /// Longer than a member takes to leave in good order, or to give that up.
    private static final Duration SHUTDOWN = Duration.ofSeconds(8);

    private ClusterSystem() {}

    public static Spec spec(ClusterSeat seat) {
        return Supervisor.oneForOne()
                .intensity(5, Duration.ofSeconds(60))
                .child(Child.of(ClusterMember.KEY, (Starting _) -> ClusterMember.create(seat))
                        .withStopMessage(new ClusterMember.Leave())
                        .shutdown(Shutdown.timeout(SHUTDOWN)));
    }
}
