package io.macula.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.app.Rpc.CallOptions;
import io.macula.app.Rpc.Outcome;
import io.macula.runtime.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Processes die without a word (kill -9) and come back. The limits are those of the architecture,
/// with one heartbeat of slack for a loaded machine; the exact figures are printed. The tests of one
/// QUIC provider share a gateway, which is there again after each.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutageIT {

    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(4).plus(HEARTBEAT);
    private static final Duration LINKED_WITHIN = Duration.ofSeconds(2).plus(HEARTBEAT);
    private static final Duration SHORT_OUTAGE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = MaculaProcess.PATIENCE;

    @AutoClose final Terminals terminals = new Terminals();

    private final Map<String, Gateway> gateways = new HashMap<>();

    private Gateway gateway(String provider) {
        terminals.with("MACULA_QUIC_PROVIDER", provider);
        return gateways.computeIfAbsent(provider, _ -> terminals.gateway());
    }

    @ParameterizedTest
    @ValueSource(strings = {"netty", "kwik"})
    void aKilledGatewayIsNoticedAndLinkedAgainWithAllThatWasOffered(String provider)
            throws Exception {
        var gateway = gateway(provider);
        var peerProcess = startPeer(gateway);
        var heard = new LinkedBlockingQueue<String>();
        try (var peer = InProcess.peerOf(gateway, InProcess.over(provider))) {
            peer.topics().subscribe("sensor.*", message -> heard.add(message.payload().text()));
            peer.rpc().serve("echo", argument -> new Rpc.Answer.Result(argument));
            var health = new Health(Gateway.ready(peerProcess).http());
            await().atMost(PATIENCE).until(() -> health.figure("links_up") == 1);

            gateway.process().kill();
            var killed = Instant.now();
            InProcess.awaitLinks(peer, 0);
            var noticed = Duration.between(killed, Instant.now());
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> health.figure("links_up") == 0);
            var noticedByAProcess = Duration.between(killed, Instant.now());
            var back = terminals.gatewayIn(gateway.dataDir(), gateway.quicPort());
            gateways.put(provider, back);
            var ready = Instant.now();
            InProcess.awaitLinks(peer, 1);
            var linked = Duration.between(ready, Instant.now());
            var outage = Duration.between(killed, ready);

            print(provider, "gateway killed: noticed after", noticed);
            print(provider, "gateway killed: noticed by a peer process after", noticedByAProcess);
            print(provider, "gateway killed: ready again after", outage);
            print(provider, "gateway killed: linked after its ready", linked);
            assertThat(back.id()).isEqualTo(gateway.id());
            assertThat(noticed).isLessThan(NOTICED_WITHIN);
            assertThat(noticedByAProcess).isLessThan(NOTICED_WITHIN);
            if (outage.compareTo(SHORT_OUTAGE) < 0) {
                assertThat(linked).isLessThan(LINKED_WITHIN);
            }
            assertStillServed(back, provider, heard);
            await().atMost(PATIENCE).until(() -> health.figure("links_up") == 1);
        }
    }

    private MaculaProcess startPeer(Gateway gateway) {
        return terminals.start("node", "start", "--role", "peer", "--json", "--http-port", "0",
                "--data-dir", terminals.newDataDir().toString(), "--peer", gateway.quic());
    }

    /// Nothing was done to the peer: its subscription and its offer have come back by themselves.
    private static void assertStillServed(Gateway gateway, String provider,
            LinkedBlockingQueue<String> heard) throws InterruptedException {
        try (var other = InProcess.peerOf(gateway, InProcess.over(provider))) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .untilAsserted(
                            () -> assertThat(call(other, "echo", "7").get(60, TimeUnit.SECONDS))
                                    .isEqualTo(new Outcome.Ok(Payload.of("7"))));
            other.topics().publish("sensor.temp", Payload.of("21"));
            assertThat(heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("21");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"netty", "kwik"})
    void theCallsOfAKilledServerEndAndItsProcedureIsForgotten(String provider) throws Exception {
        var gateway = gateway(provider);
        var begun = terminals.folder().resolve("begun-" + provider);
        var server = terminals.server(gateway, "slow", "--exec", "touch '" + begun
                + "'; exec sleep 50", "--time-limit", "55s");
        try (var caller = InProcess.peerOf(gateway, InProcess.over(provider))) {
            var open = call(caller, "slow", "{}");
            await().atMost(PATIENCE).until(() -> begun.toFile().exists());

            server.kill();
            var killed = Instant.now();
            var outcome = open.get(60, TimeUnit.SECONDS);
            var ended = Duration.between(killed, Instant.now());
            var later = call(caller, "slow", "{}").get(60, TimeUnit.SECONDS);

            print(provider, "server killed: its call ended after", ended);
            assertThat(outcome).isInstanceOf(Outcome.Gone.class);
            assertThat(later).isInstanceOf(Outcome.NoSuchProcedure.class);
            assertThat(ended).isLessThan(NOTICED_WITHIN);
        }
    }

    private static CompletableFuture<Outcome> call(Node node, String procedure, String argument) {
        return node.rpc()
                .call(procedure, Payload.of(argument),
                        CallOptions.DEFAULT.withDeadline(PATIENCE))
                .toCompletableFuture();
    }

    private static void print(String provider, String what, Duration time) {
        System.out.printf("OutageIT (%s) %s %d ms%n", provider, what, time.toMillis());
    }
}
