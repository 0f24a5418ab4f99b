package io.macula.coordination.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.app.coordination.Acquired;
import io.macula.app.coordination.FenceGate;
import io.macula.app.coordination.Opening;
import io.macula.coordination.client.FencedClient;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The lines of the module's README.
class ReadmeIT {

    @Test
    void theExampleWorks(@TempDir Path directory) throws Exception {
        var group = UUID.randomUUID();
        var gate = FenceGate.open();
        var ttl = Duration.ofMinutes(1);
        var timeout = Duration.ofSeconds(30);
        int port = freePort();
        boolean printed = false;

        var address = VoterAddress.loopback("n0", port);
        var set = new VoterSet(group, List.of(address));
        var config = new VoterConfig(address, set, directory, Beginning.FORM,
                ElectionProfile.SERVER, new Transport.Plain());

        try (var voter = Voter.start(config);
                var voters = RatisVoters.of(set, new Transport.Plain(), "n0");
                var coordination = FencedClient.over(voters)) {
            if (coordination.open("ann", ttl, timeout)
                    .toCompletableFuture()
                    .join() instanceof Opening.Opened(var session)
                    && session.acquireLock("printer", timeout)
                            .toCompletableFuture()
                            .join() instanceof Acquired.Granted(var lock)) {
                printed = gate.admits(lock.fence());
            }
            assertThat(voter.isAlive()).isTrue();
        }

        assertThat(printed).isTrue();
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
