package io.macula.runtime;

import io.macula.actors.health.NodeStatus;
import io.macula.actors.platform.PlatformSystem;
import io.macula.actors.services.RegistryTimes;
import io.macula.actors.services.ServiceDirectory;
import io.macula.actors.services.ServiceIndex;
import io.macula.actors.state.LinkStateChannel;
import io.macula.actors.state.SharedState;
import io.macula.actors.state.StateConfig;
import io.macula.actors.state.StateCounters;
import io.macula.actors.state.StateDisk;
import io.macula.actors.state.StateKeeper;
import io.macula.actors.state.StateReplicator;
import io.macula.crdt.Limits;
import io.macula.crdt.replicator.ReplicatorConfig;
import io.macula.runtime.state.RocksStateStore;
import io.macula.runtime.state.StateRestore;
import io.macula.supervision.Spec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// The part of a node that shares state with others: what outlives the process, the channel over the
/// mesh, and what the process is made of.
final class StateAssembly {

    private static final String CHECK = "state";

    private final SharedState shared;
    private final StateCounters counters = new StateCounters();
    private final LinkStateChannel channel;
    private final ServiceDirectory.Parts directory;
    private final ServiceDirectory.Door door;
    private final NodeStatus status;

    StateAssembly(NodeSettings settings, NodeMesh nodes, NodeStatus status, Executor executor) {
        this.status = status;
        var mesh = nodes.mesh();
        this.shared = new SharedState(
                new SharedState.Parts(mesh.self(), config(settings), keeper(settings),
                        counters, executor));
        this.channel = new LinkStateChannel(mesh, shared);
        shared.prefer(channel);
        this.directory = new ServiceDirectory.Parts(shared, nodes.discovery(),
                new ServiceIndex(settings.realm().name(), RegistryTimes.DEFAULT),
                nodes::described, mesh.self(), settings.name(),
                settings.role().name().toLowerCase(Locale.ROOT), Clock.systemUTC(),
                RegistryTimes.DEFAULT);
        this.door = ServiceDirectory.connect(directory);
    }

    private static StateKeeper keeper(NodeSettings settings) {
        var tuning = settings.tuning().state();
        return settings.dataDirectory()
                .filter(_ -> tuning.durability() != StateTuning.Durability.MEMORY)
                .<StateKeeper>map(folder -> new StateDisk(
                        new RocksStateStore(folder.resolve(StateRestore.FOLDER),
                                InstantSource.system()),
                        tuning.flush()))
                .orElseGet(StateKeeper::forgetful);
    }

    private static StateConfig config(NodeSettings settings) {
        var tuning = settings.tuning().state();
        var limits = Limits.DEFAULT;
        var replicator = ReplicatorConfig.DEFAULT
                .withCluster(cluster(settings.realm().name(), tuning.cluster()))
                .withLimits(new Limits(limits.elementBytesMax(), limits.valueBytesMax(),
                        limits.keyBytesMax(), tuning.entriesMax()))
                .withSync(tuning.durability() == StateTuning.Durability.SYNC)
                .withAbsence(tuning.absence())
                .withRetireAfter(tuning.retireAfter());
        return StateConfig.DEFAULT.withReplicator(replicator).withAbsence(tuning.absence());
    }

    /// What marks the frames of one group of nodes.
    static long cluster(String realm, String cluster) {
        try {
            var name = realm + "\n" + cluster;
            var hash = MessageDigest.getInstance("SHA-256")
                    .digest(name.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /// The tree `platform_system` with what shares state.
    Spec addTo(Spec platform) {
        var replicator = new StateReplicator.Parts(shared, StateReplicator.Time.ofMachine(),
                new SplittableRandom(new SecureRandom().nextLong()), this::is);
        return PlatformSystem.withState(platform, replicator, directory, door);
    }

    /// Takes the node out of the registry, as far as that is done within `patience`.
    void unregister(Duration patience) {
        door.leave()
                .completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private void is(String fault) {
        if (fault.isEmpty()) {
            status.ok(CHECK);
        } else {
            status.failing(CHECK, fault);
        }
    }

    SharedState shared() {
        return shared;
    }

    LinkStateChannel channel() {
        return channel;
    }

    StateCounters counters() {
        return counters;
    }
}
