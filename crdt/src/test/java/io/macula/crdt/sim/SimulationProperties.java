package io.macula.crdt.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.crdt.replicator.ReplicatorConfig;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SimulationProperties {

    private static final ReplicatorConfig.Volume TIGHT = new ReplicatorConfig.Volume(2 << 10,
            1 << 10, 8 << 20,
            4 << 10, 3, 16 << 20, 8 << 10);

    static LongStream seeds() {
        return LongStream.range(0, 8);
    }

    /// Loss, partitions, crashes at any point of a flush, lost disks, wrong clocks; every second seed
    /// with `sync`, every third with a small log and small frames, every fourth with few dots
    /// reserved at a time.
    private static SimConfig troubled(long seed) {
        var replicator = ReplicatorConfig.DEFAULT.withSync(seed % 2 == 1);
        replicator = seed % 3 == 2 ? replicator.withVolume(TIGHT) : replicator;
        replicator = seed % 4 == 3 ? replicator.withReservationDots(7) : replicator;
        return SimConfig.DEFAULT.withSeed(seed)
                .withReplicas(2 + (int) seed % 5)
                .withOps(400)
                .withLoss(seed % 4 * 0.1)
                .withPartitions(3)
                .withCrashes(6)
                .withReplicator(replicator);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whateverHappensAllEndAlikeAndNoPromiseIsBroken(long seed) {
        var report = Simulation.run(troubled(seed));

        assertThat(report.violation()).isEmpty();
        assertThat(report.converged()).as("%s", report).isTrue();
        assertThat(report.fingerprints()).containsOnly(report.fingerprints().getFirst());
        assertThat(report.traffic().idleBytesPerSecond()).isLessThan(2_000);
        assertThat(report.traffic().bytesMax()).isLessThanOrEqualTo(64 << 10);
        assertThat(report.ops()).isGreaterThan(100);
        assertThat(report.faults().crashes()).isPositive();
    }

    @Test
    void theSameSeedGivesTheSameRunAndAnotherSeedAnother() {
        var config = troubled(2).withOps(150);

        assertThat(Simulation.run(config)).isEqualTo(Simulation.run(config));
        assertThat(Simulation.run(config.withSeed(99)).logHash())
                .isNotEqualTo(Simulation.run(config).logHash());
    }

    @ParameterizedTest
    @EnumSource(value = Mutant.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void aKnownBugIsCaught(Mutant mutant) {
        var config = SimConfig.DEFAULT.withSeed(3)
                .withOps(700)
                .withLoss(0.1)
                .withPartitions(0)
                .withCrashes(8)
                .withReplicas(3);

        assertThat(Simulation.run(config.withMutant(mutant)).violation()).isNotEmpty();
    }

    @Test
    void withoutTroubleConvergenceIsAMatterOfOnePush() {
        var report = Simulation.run(SimConfig.DEFAULT.withSeed(4)
                .withOps(500)
                .withLoss(0)
                .withPartitions(0)
                .withCrashes(0)
                .withReplicas(3));

        assertThat(report.converged()).isTrue();
        assertThat(report.busy()).isZero();
        assertThat(report.healMillis()).isLessThan(100);
    }
}
