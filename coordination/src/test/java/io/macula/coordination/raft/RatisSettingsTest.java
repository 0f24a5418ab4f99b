package io.macula.coordination.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.junit.jupiter.api.Test;

/// Settings without which voters of Ratis 3.3.0 break what they promise, or end by themselves.
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
}
