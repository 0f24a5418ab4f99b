package io.macula.coordination.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.retry.MultipleLinearRandomRetry;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Settings without which voters of Ratis 3.3.0 break what they promise, end by themselves, or find no leader for long.
class RatisSettingsTest {

    private static final VoterAddress SELF = new VoterAddress("n0", "127.0.0.1", 7_700);

    private final RaftProperties properties = RatisSettings
            .server(new VoterConfig(SELF, new VoterSet(UUID.randomUUID(), List.of(SELF)),
                    Path.of("voter"), Beginning.FORM, ElectionProfile.SERVER,
                    new Transport.Plain()));

    @Test
    void aVoterConfirmsOnlyWhatItHasAppendedItself() {
        assertThat(RaftServerConfigKeys.Log.appendEntriesComposeEnabled(properties))
                .isFalse();
    }

    @Test
    void aSuspendedMachineDoesNotEndItsVoter() {
        assertThat(RaftServerConfigKeys.closeThreshold(properties)
                .toLong(
                        TimeUnit.DAYS))
                .isGreaterThan(30);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 11, 31, 1_031, 1_000_000})
    void aLeaderNeverKeepsAVoterWaitingLongerThanThatWaitsForItsLeader(int failures) {
        var again = MultipleLinearRandomRetry.parseCommaSeparated(
                RaftServerConfigKeys.Log.Appender.retryPolicy(properties));

        var pause = again.handleAttemptFailure(() -> failures).getSleepTime();

        assertThat(pause.toLong(TimeUnit.MILLISECONDS))
                .isLessThan(ElectionProfile.SERVER.min().toMillis() / 2);
        assertThat(pause.toLong(TimeUnit.MICROSECONDS)).isPositive();
    }

    @Test
    void aLeaderStepsBackThroughTheEntriesOfOneBeforeItInNoTime() {
        var again = MultipleLinearRandomRetry.parseCommaSeparated(
                RaftServerConfigKeys.Log.Appender.retryPolicy(properties));

        var steps = IntStream.rangeClosed(1, 100)
                .mapToLong(step -> again.handleAttemptFailure(() -> step)
                        .getSleepTime()
                        .toLong(TimeUnit.MICROSECONDS))
                .sum();

        assertThat(steps).isLessThan(TimeUnit.MILLISECONDS.toMicros(250));
    }

    /// The same setting says after which pause of its process a leader steps down: each short one must not count.
    @Test
    void aLeaderThatHeardOfNoMajorityStandsAsideNoLongerThanAVoterWaitsForItsLeader() {
        assertThat(RaftServerConfigKeys.LeaderElection.leaderStepDownWaitTime(properties)
                .toLong(TimeUnit.MILLISECONDS))
                .isEqualTo(ElectionProfile.SERVER.max().toMillis());
    }
}
