package io.macula.actors.cluster;

import com.typesafe.config.Config;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.remote.artery.tcp.SSLEngineProviderSetup;

/// One life of a member: an actor system with Pekko Cluster, from its start to its end.
final class Incarnation {

    private final ActorSystem<Void> system;
    private final Cluster cluster;
    private final ClusterAddress address;

    private Incarnation(ActorSystem<Void> system) {
        this.system = system;
        this.cluster = Cluster.get(Adapter.toClassic(system));
        this.address = Views.addressOf(cluster.selfAddress()).orElseThrow();
    }

    /// Starts one: binds its port and begins to look for members. Takes a while; call it where that
    /// does no harm. Ends in an exception of Pekko when the port cannot be bound, among others.
    static Incarnation start(Seeker.Parts parts, ClusterTls tls, Config config) {
        var setup = ActorSystemSetup.create(
                BootstrapSetup.create(config)
                        .withClassloader(Incarnation.class.getClassLoader()),
                SSLEngineProviderSetup.create(_ -> tls));
        return new Incarnation(ActorSystem.create(guardian(parts), parts.settings().name(), setup));
    }

    /// When one of the two ends, so does the system: a guardian that watches and does not answer.
    private static Behavior<Void> guardian(Seeker.Parts parts) {
        return Behaviors.setup(context -> {
            context.watch(context.spawn(
                    FrameGate.create(parts.self(), parts.membership(), parts.channel()),
                    FrameGate.NAME));
            context.watch(context.spawn(Seeker.create(parts), Seeker.NAME));
            return Behaviors.empty();
        });
    }

    ActorSystem<?> system() {
        return system;
    }

    ClusterAddress address() {
        return address;
    }

    /// Tells how it ended, when its port is free again.
    CompletionStage<ClusterEnd> ended() {
        var shutdown = CoordinatedShutdown.get(Adapter.toClassic(system));
        return system.getWhenTerminated()
                .thenApply(_ -> end(shutdown.getShutdownReason()));
    }

    private static ClusterEnd end(Optional<CoordinatedShutdown.Reason> reason) {
        if (reason.isEmpty()) {
            return new ClusterEnd.Failed("the member's actor system ended");
        }
        if (reason.get() == CoordinatedShutdown.clusterDowningReason()) {
            return new ClusterEnd.Downed();
        }
        if (reason.get() == CoordinatedShutdown.clusterLeavingReason()) {
            return new ClusterEnd.Left();
        }
        return reason.get() == CoordinatedShutdown.incompatibleConfigurationDetectedReason()
                ? new ClusterEnd.Failed("the members run with settings that do not go with ours")
                : new ClusterEnd.Failed("the member's actor system ended (" + reason.get() + ")");
    }

    /// Leaves in good order, and then ends. One that is no member ends at once.
    void leave() {
        if (cluster.selfMember().status() == MemberStatus.removed()) {
            system.terminate();
        } else {
            cluster.leave(cluster.selfAddress());
        }
    }

    /// Ends without a word to the others, who let the next incarnation take its place.
    void abandon() {
        system.terminate();
    }
}
