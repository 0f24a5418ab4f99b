package io.macula.runtime;

import io.macula.actors.health.NodeStatus;
import io.macula.actors.mesh.Mesh;
import io.macula.actors.state.LinkStateChannel;
import io.macula.actors.state.SharedState;
import io.macula.actors.state.StateConfig;
import io.macula.actors.state.StateCounters;
import io.macula.actors.state.StateKeeper;
import io.macula.actors.state.StateReplicator;
import io.macula.crdt.Limits;
import io.macula.crdt.replicator.ReplicatorConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;

/// The part of a node that shares state with others: what outlives the process, the channel over the
/// mesh, and what the process is made of.
final class StateAssembly {

    private static final String CHECK = "state";

    private final SharedState shared;
    private final StateCounters counters = new StateCounters();
    private final LinkStateChannel channel;
    private final NodeStatus status;

    StateAssembly(NodeSettings settings, Mesh mesh, StateKeeper keeper, NodeStatus status,
            Executor executor) {
        this.status = status;
        this.shared = new SharedState(new SharedState.Parts(mesh.self(), config(settings), keeper,
                counters, executor));
        this.channel = new LinkStateChannel(mesh, shared);
        shared.prefer(channel);
    }

    private static StateConfig config(NodeSettings settings) {
        var tuning = settings.tuning().state();
        var limits = Limits.DEFAULT;
        var replicator = ReplicatorConfig.DEFAULT
                .withCluster(cluster(settings.realm().name(), tuning.cluster()))
                .withLimits(new Limits(limits.elementBytesMax(), limits.valueBytesMax(),
                        limits.keyBytesMax(), tuning.entriesMax()))
                .withSync(tuning.durability() == StateTuning.Durability.SYNC);
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

    /// What the process is made of.
    StateReplicator.Parts process() {
        return new StateReplicator.Parts(shared, StateReplicator.Time.ofMachine(),
                new SplittableRandom(new SecureRandom().nextLong()), this::is);
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
