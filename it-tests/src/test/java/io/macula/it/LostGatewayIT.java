package io.macula.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.app.Rpc.CallOptions;
import io.macula.app.Rpc.Outcome;
import io.macula.runtime.Node;
import io.macula.runtime.Role;
import io.macula.runtime.Tuning;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A peer that listens nowhere and hangs on two gateways loses the one that runs its request.
class LostGatewayIT {

    private static final CallOptions OPTIONS = CallOptions.DEFAULT
            .withDeadline(Duration.ofSeconds(20));

    private final BlockingQueue<Node> asked = new LinkedBlockingQueue<>();
    private final CountDownLatch testEnds = new CountDownLatch(1);
    private final Node one = serving(Mesh.gateway());
    private final Node two = serving(Mesh.gateway());
    private final Node peer = Mesh.start(Mesh.settings("peer", Role.PEER, Tuning.DEFAULT,
            List.of(Mesh.addressOf(one), Mesh.addressOf(two))));

    /// The first that is asked never answers, the second does at once.
    private Node serving(Node gateway) {
        gateway.rpc().serve("count", _ -> {
            asked.add(gateway);
            if (asked.size() == 1) {
                testEnds.await();
            }
            return new Rpc.Answer.Result(Payload.of("7"));
        });
        return gateway;
    }

    @AfterEach
    void stop() {
        testEnds.countDown();
        List.of(peer, one, two).forEach(Node::close);
    }

    private CompletionStage<Outcome> callAndLoseTheGateway(CallOptions options) {
        Awaitility.await().atMost(Mesh.PATIENCE).until(() -> peer.peers().size() == 2);
        var outcome = peer.rpc().call("count", Payload.of("null"), options);
        Awaitility.await().atMost(Mesh.PATIENCE).until(() -> !asked.isEmpty());
        asked.element().close();
        return outcome;
    }

    private static Outcome await(CompletionStage<Outcome> outcome) {
        return outcome.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Test
    void aRequestThatMayRunTwiceIsAnsweredByTheOther() {
        var outcome = callAndLoseTheGateway(OPTIONS.withIdempotent(true));

        assertThat(await(outcome)).isEqualTo(new Outcome.Ok(Payload.of("7")));
        assertThat(asked).hasSize(2);
    }

    @Test
    void aRequestThatMayNotRunTwiceEndsAsGone() {
        var outcome = callAndLoseTheGateway(OPTIONS);

        assertThat(await(outcome)).isInstanceOf(Outcome.Gone.class);
        assertThat(asked).hasSize(1);
    }
}
