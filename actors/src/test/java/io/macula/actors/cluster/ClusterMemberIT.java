package io.macula.actors.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.macula.actors.cluster.ClusterView.State;
import io.macula.actors.cluster.Seats.Sitting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// One member, and what may go wrong with it alone.
class ClusterMemberIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aTakenPortIsToldAndTriedAgainUntilItIsFree() throws IOException {
        var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var member = new Sitting(taken.getLocalPort(), List.of());
        try {
            await().atMost(PATIENCE)
                    .until(() -> member.view().incarnation() > 2);
            assertThat(member.view().problem()).contains("127.0.0.1:" + taken.getLocalPort(),
                    "macula.cluster.port");

            taken.close();

            await().atMost(PATIENCE).until(() -> member.view().isUp());
            assertThat(member.view().problem()).isEmpty();
            assertThat(member.generation()).isEqualTo(1);
        } finally {
            taken.close();
            member.end();
        }
    }

    /// It began with any port; the others know it by the one it got.
    @Test
    void aCrashedMemberIsBackOnItsPort() {
        var member = new Sitting(0, List.of());
        try {
            await().atMost(PATIENCE).until(() -> member.view().isUp());
            var before = member.view().self().orElseThrow().address();

            member.crash();

            await().atMost(PATIENCE)
                    .until(() -> member.view().isUp() && member.view().incarnation() == 2);
            assertThat(member.view().self().orElseThrow().address()).isEqualTo(before);
            assertThat(member.generation()).isEqualTo(2);
        } finally {
            member.end();
        }
        assertThat(member.view().state()).isEqualTo(State.STOPPED);
    }
}
