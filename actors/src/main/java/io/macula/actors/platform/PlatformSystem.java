package io.macula.actors.platform;

import io.macula.actors.services.CheckedServices;
import io.macula.actors.services.ServiceDirectory;
import io.macula.actors.services.ServiceHealth;
import io.macula.actors.state.StateReplicator;
import io.macula.supervision.Child;
import io.macula.supervision.Key;
import io.macula.supervision.Refs;
import io.macula.supervision.Spec;
import io.macula.supervision.Starting;
import io.macula.supervision.Supervisor;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;

/// The tree `platform_system`: the services that nodes offer to workloads.
public final class PlatformSystem {

    public static final String ID = "platform_system";
    public static final Key<ServiceHealth.Command> HEALTH = Key.of("service_health");
    public static final Key<StateReplicator.Command> STATE = Key.of("state_replicator");
    public static final Key<ServiceDirectory.Command> DIRECTORY = Key.of("service_directory");

    private PlatformSystem() {}

    /// What every node has.
    ///
    /// @param executor runs the checks of services
    public static Spec of(CheckedServices services, Executor executor) {
        return Supervisor.oneForOne()
                .intensity(5, Duration.ofSeconds(10))
                .child(HEALTH, refs -> {
                    services.attach(refs.get(HEALTH));
                    return ServiceHealth.create(services, executor);
                });
    }

    /// With what a node has that shares state.
    public static Spec withState(Spec platform, StateReplicator.Parts state,
            ServiceDirectory.Parts directory, ServiceDirectory.Door door) {
        return platform
                .child(Child.of(STATE, (Starting starting) -> {
                    state.shared().attach(starting.get(STATE));
                    return StateReplicator.create(state, starting::ready);
                }).withSignalsReady().onDispatcher(StateReplicator.DISPATCHER))
                .child(DIRECTORY, refs -> {
                    door.attach(refs.get(DIRECTORY));
                    return ServiceDirectory.create(directory, door);
                });
    }

    /// The process, seen from anywhere in the tree.
    public static ActorRef<StateReplicator.Command> state(Refs refs) {
        return refs.root().at(ID).get(STATE);
    }
}
