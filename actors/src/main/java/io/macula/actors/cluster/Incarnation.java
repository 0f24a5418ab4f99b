package io.macula.actors.cluster;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.remote.artery.tcp.SSLEngineProviderSetup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One life of a member: an actor system with Pekko Cluster, from its start to its end.
final class Incarnation {

    private final ActorSystem<Void> system;
    private final Cluster cluster;
    private final ClusterAddress address;

    /// How long Artery may take to end once the system terminates. Now and then, on busy processors, it
    /// never does (seen with Pekko 1.7.0), and its port would stay taken.
    private static final Duration ARTERY_PATIENCE = Duration.ofSeconds(3);

    /// The actor that holds up the end of the system until Artery has ended.
    private static final String ARTERY_END = "remoting-terminator";

    private static final Logger LOG = LoggerFactory.getLogger(Incarnation.class);

    private Incarnation(ActorSystem<Void> system) {
        this.system = system;
        this.cluster = Cluster.get(Adapter.toClassic(system));
        this.address = Views.addressOf(cluster.selfAddress()).orElseThrow();
        CoordinatedShutdown.get(Adapter.toClassic(system))
                .addTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate(), "insist", () -> {
                    insist();
                    return CompletableFuture.completedStage(Done.done());
                });
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
            abandon();
        } else {
            cluster.leave(cluster.selfAddress());
        }
    }

    /// Ends without a word to the others, who let the next incarnation take its place.
    void abandon() {
        system.terminate();
        insist();
    }

    /// Lets the system end without Artery when that takes too long; what it has open is closed with it.
    private void insist() {
        var ended = system.getWhenTerminated().toCompletableFuture();
        CompletableFuture
                .delayedExecutor(ARTERY_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    if (!ended.isDone()) {
                        LOG.atWarn().addKeyValue("address", address).log("Artery does not end");
                        stopArtery();
                    }
                });
    }

    /// By a message: a guardian that is ending takes no orders to stop a child.
    private void stopArtery() {
        var provider = ((ExtendedActorSystem) Adapter.toClassic(system)).provider();
        provider.resolveActorRef(provider.rootPath().child("system").child(ARTERY_END))
                .tell(PoisonPill.getInstance(), ActorRef.noSender());
    }
}
