package io.macula.crdt.sim;

import io.macula.crdt.replicator.ReplicatorConfig;
import java.time.Duration;

/// What is simulated. The same configuration gives the same run, to the byte.
///
/// @param replicas
///            nodes, 2 to 32
/// @param ops
///            updates in all, spread over nodes and time
/// @param loss
///            share of frames that is lost, throughout
/// @param partitions
///            how often the network falls in two for some seconds
/// @param crashes
///            how often a node loses its memory and what was not flushed; every fifth time its disk
/// @param skew
///            clocks are wrong by up to so much, and step once
/// @param replicator
///            how each node is configured
public record SimConfig(int replicas, int ops, double loss, int partitions, int crashes,
        Duration skew, long seed,
        Mutant mutant, ReplicatorConfig replicator) {

    public static final SimConfig DEFAULT = new SimConfig(5, 20_000, 0.2, 10, 10,
            Duration.ofMinutes(10), 1,
            Mutant.NONE, ReplicatorConfig.DEFAULT);

    public SimConfig {
        if (replicas < 2 || replicas > 32) {
            throw new IllegalArgumentException("2 to 32 replicas, not " + replicas);
        }
        if (ops < 1 || partitions < 0 || crashes < 0 || loss < 0 || loss > 0.9) {
            throw new IllegalArgumentException(
                    "at least one update, no negative number, loss at most 0.9");
        }
    }

    public SimConfig withReplicas(int newReplicas) {
        return new SimConfig(newReplicas, ops, loss, partitions, crashes, skew, seed, mutant,
                replicator);
    }

    public SimConfig withOps(int newOps) {
        return new SimConfig(replicas, newOps, loss, partitions, crashes, skew, seed, mutant,
                replicator);
    }

    public SimConfig withLoss(double newLoss) {
        return new SimConfig(replicas, ops, newLoss, partitions, crashes, skew, seed, mutant,
                replicator);
    }

    public SimConfig withPartitions(int newPartitions) {
        return new SimConfig(replicas, ops, loss, newPartitions, crashes, skew, seed, mutant,
                replicator);
    }

    public SimConfig withCrashes(int newCrashes) {
        return new SimConfig(replicas, ops, loss, partitions, newCrashes, skew, seed, mutant,
                replicator);
    }

    public SimConfig withSkew(Duration newSkew) {
        return new SimConfig(replicas, ops, loss, partitions, crashes, newSkew, seed, mutant,
                replicator);
    }

    public SimConfig withSeed(long newSeed) {
        return new SimConfig(replicas, ops, loss, partitions, crashes, skew, newSeed, mutant,
                replicator);
    }

    public SimConfig withMutant(Mutant newMutant) {
        return new SimConfig(replicas, ops, loss, partitions, crashes, skew, seed, newMutant,
                replicator);
    }

    public SimConfig withReplicator(ReplicatorConfig newReplicator) {
        return new SimConfig(replicas, ops, loss, partitions, crashes, skew, seed, mutant,
                newReplicator);
    }
}
