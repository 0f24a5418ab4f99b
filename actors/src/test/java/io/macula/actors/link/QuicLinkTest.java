package io.macula.actors.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.macula.actors.link.Link.Sent;
import io.macula.actors.link.Links.Dialled;
import io.macula.actors.link.TestNode.Heard;
import io.macula.actors.link.TestNode.Plan;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.MessageType;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.RpcRequest;
import io.macula.actors.wire.Subscribe;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuicLinkTest extends QuicLinksSetting {

    private final TestNode anna = node(new Plan());
    private final TestNode bert = node(withEndpoint("https://bert:9443"));
    private final int port = bert.listen();

    @Test
    void knowsTheProvedIdsOfBothSides() {
        var link = dialUp(anna, port);

        assertThat(link.peer()).isEqualTo(bert.key.id());
        assertThat(link.peerEndpoint()).isEqualTo("https://bert:9443");
        assertThat(link.isDialler()).isTrue();
        assertThat(link.heartbeat()).isEqualTo(Duration.ofSeconds(1));
        assertThat(link.provider()).isEqualTo("fake");
        assertThat(bert.accepted.getFirst().peer()).isEqualTo(anna.key.id());
        assertThat(bert.accepted.getFirst().isDialler()).isFalse();
        assertThat(bert.accepted.getFirst().peerEndpoint()).isEmpty();
    }

    @Test
    void carriesMessagesOfEveryClassBothWays() {
        var link = dialUp(anna, port);
        var messages = List.of(Subscribe.of(List.of("a.b"), 0), request("add"),
                publish("a.b", "21"), relayed("bulk"));

        messages.forEach(message -> assertThat(link.send(message)).isEqualTo(Sent.QUEUED));
        messages.forEach(message -> assertThat(bert.accepted.getFirst().send(message))
                .isEqualTo(Sent.QUEUED));
        network.run();

        assertThat(bert.heardByAccepted.getFirst().messages)
                .containsExactlyInAnyOrderElementsOf(messages);
        assertThat(heard.messages).containsExactlyInAnyOrderElementsOf(messages);
    }

    @ParameterizedTest(name = "chunks of up to {0} bytes")
    @ValueSource(ints = {1, 3, 17, 1200})
    void survivesBytesThatAreCutAnywhere(int bytes) {
        network.cutInto(bytes);
        var link = dialUp(anna, port);

        for (var i = 0; i < 50; i++) {
            assertThat(link.send(publish("t", "number " + i))).isEqualTo(Sent.QUEUED);
        }
        network.run();

        var payloads = bert.heardByAccepted.getFirst().messages.stream()
                .map(message -> ((Publish) message).payload().text().orElseThrow())
                .toList();
        assertThat(payloads).hasSize(50).startsWith("number 0").endsWith("number 49");
    }

    @Test
    void sendsOneEncodedFrameOverManyLinks() {
        var frame = new OutFrame(publish("t", "for all"));
        var first = dialUp(anna, port);
        var second = dialUp(node(new Plan()), port);

        assertThat(first.send(frame)).isEqualTo(Sent.QUEUED);
        assertThat(second.send(frame)).isEqualTo(Sent.QUEUED);
        network.run();

        assertThat(bert.heardByAccepted).allSatisfy(each -> assertThat(each.messages)
                .containsExactly(publish("t", "for all")));
    }

    @Test
    void keepsWhatTheAcceptorSendsAtOnceInOrderUntilTheStreamsAreThere() {
        var greeter = node(new Plan());
        var local = new InetSocketAddress("127.0.0.1", 0);
        var bound = (Links.Bound.Listening) TestNode.join(greeter.links.listen(local, link -> {
            assertThat(link.send(request("first"))).isEqualTo(Sent.QUEUED);
            assertThat(link.send(request("second"))).isEqualTo(Sent.QUEUED);
            assertThat(link.send(Subscribe.of(List.of("x"), 0))).isEqualTo(Sent.QUEUED);
            return new Links.Acceptor.Admission.Admit(new Heard());
        }));

        dialUp(anna, bound.local().getPort());
        network.run();

        assertThat(heard.messages.stream().filter(RpcRequest.class::isInstance).toList())
                .containsExactly(request("first"), request("second"));
        assertThat(heard.messages).contains(Subscribe.of(List.of("x"), 0));
    }

    @Test
    void answersAPingAndMeasuresTheRoundTrip() {
        var link = (QuicLink) dialUp(anna, port);
        var later = System.nanoTime() + Duration.ofMillis(1100).toNanos();

        link.look(later, new Liveness.Watch(later, later));
        network.run();

        assertThat(bert.counters.snapshot().framesIn()).containsEntry(MessageType.PING, 1L);
        assertThat(link.lastHeardNanos()).isPositive();
        assertThat(heard.messages).isEmpty();
    }

    @Test
    void isFullWhenItsStreamIsAndSaysWhenItIsNot() {
        network.boundStreams(600);
        var link = dialUp(anna, port);

        assertThat(link.send(publish("t", "x".repeat(400)))).isEqualTo(Sent.QUEUED);
        assertThat(link.send(publish("t", "x".repeat(400)))).isEqualTo(Sent.FULL);
        assertThat(link.send(request("other class"))).isEqualTo(Sent.QUEUED);
        network.run();

        assertThat(heard.writable).containsExactly(StreamClass.PUBLISH);
        assertThat(link.send(publish("t", "again"))).isEqualTo(Sent.QUEUED);
    }

    @Test
    void tellsThePeerWhyItCloses() {
        var link = dialUp(anna, port);
        var reason = new Disconnected("draining", "The node goes away.");

        link.close(reason);
        link.close(Disconnected.NORMAL);
        network.run();

        assertThat(heard.closed).containsExactly(reason);
        assertThat(bert.heardByAccepted.getFirst().closed).containsExactly(reason);
        assertThat(link.send(publish("t", "late"))).isEqualTo(Sent.CLOSED);
    }

    @Test
    void isLostWhenItsConnectionBreaks() {
        dialUp(anna, port);

        network.cutAll();

        assertThat(heard.closed).hasSize(1).allMatch(Reason.LOST::is);
        assertThat(bert.heardByAccepted.getFirst().closed).hasSize(1)
                .allMatch(Reason.LOST::is);
    }

    @Test
    void outlivesFramesItCannotReadOrDoesNotKnow() {
        var link = dialUp(anna, port);
        var dialler = network.connections().getFirst();

        dialler.inject(8, new byte[]{1, (byte) 0xEE, 0, 0, 0, 0, 0, 2, 9, 9});
        dialler.inject(8, new byte[]{1, 0x10, 0, 0, 0, 0, 0, 1, (byte) 0xC1});
        link.send(publish("t", "after"));
        network.run();

        assertThat(bert.heardByAccepted.getFirst().messages)
                .containsExactly(publish("t", "after"));
        assertThat(bert.counters.snapshot().unknownIds()).isEqualTo(1);
        assertThat(bert.counters.snapshot().malformed()).isEqualTo(1);
    }

    @Test
    void endsWhenFramingIsLost() {
        dialUp(anna, port);
        var dialler = network.connections().getFirst();

        dialler.inject(8, new byte[]{1, 0x10, 0, 0, 0x7F, 0, 0, 0});
        network.run();

        assertThat(bert.heardByAccepted.getFirst().closed).hasSize(1)
                .allMatch(Reason.PROTOCOL_VIOLATION::is);
        assertThat(heard.closed).hasSize(1).allMatch(Reason.PROTOCOL_VIOLATION::is);
    }

    @Test
    void endsWhenTooManyFramesCannotBeRead() {
        dialUp(anna, port);
        var dialler = network.connections().getFirst();

        for (var i = 0; i <= LinkConfig.DEFAULT.malformedFramesMax(); i++) {
            dialler.inject(8, new byte[]{1, 0x10, 0, 0, 0, 0, 0, 1, (byte) 0xC1});
        }
        network.run();

        assertThat(heard.closed).hasSize(1).allMatch(Reason.PROTOCOL_VIOLATION::is);
    }

    @Test
    void goesOnWhenItsListenerFails() {
        var failing = new LinkListener() {
            @Override
            public void received(Link link, Message message) {
                throw new IllegalStateException("a bug of the listener");
            }

            @Override
            public void writable(Link link, StreamClass stream) {}

            @Override
            public void closed(Link link, Disconnected reason) {}
        };
        var link = up(finished(anna.links.dial(TestNode.at(port), failing)));

        bert.accepted.getFirst().send(publish("t", "poison"));
        network.run();

        assertThat(link.send(publish("t", "still here"))).isEqualTo(Sent.QUEUED);
    }

    @Test
    void endsWithItsNode() {
        dialUp(anna, port);

        bert.close();
        network.run();

        assertThat(heard.closed).hasSize(1).allMatch(Reason.NORMAL::is);
    }

    @Test
    void tellsAListenerOfItsEndThatHearsItOnlyAfterwards() {
        var late = node(new Plan());
        var hearer = new Heard();
        var local = new InetSocketAddress("127.0.0.1", 0);
        var bound = (Links.Bound.Listening) TestNode.join(late.links.listen(local, link -> {
            link.close(new Disconnected("superseded", "a newer one came in meanwhile"));
            return new Links.Acceptor.Admission.Admit(hearer);
        }));

        var dialled = anna.links.dial(TestNode.at(bound.local().getPort()), heard);
        awaitOverNetwork(() -> dialled.toCompletableFuture().isDone()
                && !hearer.closed.isEmpty());

        assertThat(hearer.closed).extracting(Disconnected::code)
                .containsExactly("superseded");
    }

    @Test
    void isPromisedToNobodyOnceItsNodeCloses() {
        var going = node(new Plan());
        var hearer = new Heard();
        var local = new InetSocketAddress("127.0.0.1", 0);
        var bound = (Links.Bound.Listening) TestNode.join(going.links.listen(local, _ -> {
            going.close();
            return new Links.Acceptor.Admission.Admit(hearer);
        }));

        var dialled = anna.links.dial(TestNode.at(bound.local().getPort()), heard);
        awaitOverNetwork(() -> dialled.toCompletableFuture().isDone());

        assertThat(TestNode.join(dialled)).isNotInstanceOf(Dialled.Up.class);
        assertThat(hearer.closed).hasSize(1).allMatch(Reason.NORMAL::is);
    }

    @Test
    void endsWithItsListener() throws Exception {
        var other = node(new Plan());
        var bound = (Links.Bound.Listening) other.listen(0);
        dialUp(anna, bound.local().getPort());

        bound.listener().close();
        network.run();

        assertThat(heard.closed).hasSize(1).allMatch(Reason.NORMAL::is);
    }

    @Test
    void aSilentPeerIsSuspectedAndThenGivenUp() {
        var config = LinkConfig.DEFAULT.withHeartbeat(Duration.ofMillis(200));
        var port = node(withConfig(config)).listen();
        dialUp(node(withConfig(config)), port);

        network.drop(_ -> true);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(heard.closed).hasSize(1).allMatch(Reason.SILENT::is));
        assertThat(heard.suspected).containsExactly(true);
    }
}
