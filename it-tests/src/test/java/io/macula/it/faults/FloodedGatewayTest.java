package io.macula.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.macula.actors.gateway.GatewaySystem;
import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.app.Topics;
import io.macula.it.Mesh;
import io.macula.runtime.Node;
import io.macula.supervision.testkit.Lab;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// A gateway whose process for topics stands still: who publishes to it has to wait, and loses nothing.
class FloodedGatewayTest {

    private static final Payload MESSAGE = Payload.of(new byte[1024]);

    /// More than inboxes, windows and queues between the two take.
    private static final int MESSAGES_MAX = 60_000;

    @AutoClose private final Node gateway = Mesh.gateway();
    @AutoClose private final Node peer = Mesh.peerOf(gateway, "peer");
    @AutoClose private final Lab lab = Mishaps.joining(gateway, 1);

    @Test
    void holdsUpWhoFloodsItServesItsCallsAndTakesEverythingOnceItGoesOn() throws Exception {
        gateway.rpc().serve("flooded.echo", Rpc.Answer.Result::new);
        await().atMost(Mesh.PATIENCE).until(() -> figure("clients") == 1);
        var pubsub = lab.at(GatewaySystem.PUBSUB).hang();

        var sent = publishUntilNoneIsTaken();

        assertThat(sent).isLessThan(MESSAGES_MAX);
        assertThat(call()).isEqualTo(new Rpc.Outcome.Ok(MESSAGE));
        pubsub.release();
        await().atMost(Mesh.PATIENCE).until(() -> figure("published") == sent);
        assertThat(figure("overloads")).isZero();
        assertThat(peer.topics().publish("flooded.topic", MESSAGE))
                .isEqualTo(new Topics.Published.Sent());
    }

    /// How many were taken until for half a second none was.
    private int publishUntilNoneIsTaken() {
        var sent = 0;
        for (var refused = 0; refused < 100 && sent < MESSAGES_MAX; refused++) {
            while (sent < MESSAGES_MAX && peer.topics()
                    .publish("flooded.topic", MESSAGE) instanceof Topics.Published.Sent) {
                sent++;
                refused = 0;
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        return sent;
    }

    private Rpc.Outcome call() throws Exception {
        return peer.rpc()
                .call("flooded.echo", MESSAGE, Rpc.CallOptions.DEFAULT)
                .toCompletableFuture()
                .get(Mesh.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private long figure(String name) {
        return gateway.report().figures().getOrDefault(name, 0L);
    }
}
