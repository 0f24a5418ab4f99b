package io.macula.actors.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.macula.actors.identity.KnownPeers;
import io.macula.actors.identity.Realm;
import io.macula.actors.identity.RealmSecret;
import io.macula.actors.link.Link.Sent;
import io.macula.actors.link.Links.Dialled;
import io.macula.actors.link.TestNode.Heard;
import io.macula.actors.link.TestNode.Plan;
import io.macula.actors.link.fake.FakeQuic;
import io.macula.actors.link.quic.QuicConnectionHandler;
import io.macula.actors.link.quic.QuicStream;
import io.macula.actors.link.quic.QuicStreamHandler;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.FrameCodec;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.MessageType;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.RelayData;
import io.macula.actors.wire.RpcRequest;
import io.macula.actors.wire.Subscribe;
import io.macula.dht.NodeId;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuicLinksTest {

    private final FakeQuic network = new FakeQuic(1);
    private final List<TestNode> nodes = new ArrayList<>();
    private final Heard heard = new Heard();

    @AfterEach
    void closeNodes() {
        network.cutAll();
        nodes.forEach(TestNode::close);
    }

    @Nested
    class ALink {

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
    }

    @Nested
    class Refuses {

        @Test
        void aPeerOfAnotherRealm() {
            var bert = node(new Plan());
            var stranger = node(inRealm(Realm.open("elsewhere")));

            assertThat(refusal(stranger, bert.listen())).isEqualTo("realm_mismatch");
            assertThat(bert.accepted).isEmpty();
        }

        @Test
        void aPeerWithAnotherSecret() {
            var bert = node(inRealm(closed("the secret of this realm")));
            var stranger = node(inRealm(closed("the secret of another realm")));

            assertThat(refusal(stranger, bert.listen())).isEqualTo("realm_secret_wrong");
            assertThat(bert.accepted).isEmpty();
        }

        @Test
        void whomItsAcceptorRefuses() {
            var bert = node(new Plan());
            var port = bert.listen();
            bert.refuses = new Disconnected("limit_reached", "No more clients.");

            assertThat(dial(node(new Plan()), TestNode.at(port))).isEqualTo(
                    new Dialled.Refused(new Disconnected("limit_reached", "No more clients.")));
        }

        @Test
        void everybodyWhileItsAcceptorFails() {
            var bert = node(new Plan());
            var local = new InetSocketAddress("127.0.0.1", 0);
            var bound = (Links.Bound.Listening) TestNode.join(bert.links.listen(local, _ -> {
                throw new IllegalStateException("a bug of the acceptor");
            }));

            assertThat(refusal(node(new Plan()), bound.local().getPort()))
                    .isEqualTo("internal_error");
        }

        @Test
        void anotherIdThanTheAddressNames() {
            var port = node(new Plan()).listen();
            var address = new PeerAddress(NodeId.hashOf(new byte[]{1}), "127.0.0.1", port);

            assertThat(dial(node(new Plan()), address)).isInstanceOfSatisfying(
                    Dialled.Refused.class,
                    refused -> assertThat(refused.reason().code())
                            .isEqualTo("identity_unexpected"));
        }

        @Test
        void toDialItself() {
            var bert = node(new Plan());

            assertThat(refusal(bert, bert.listen())).isEqualTo("self_dial");
        }

        @Test
        void whoComesBeyondTheBoundOfItsLinks() {
            var bert = node(withConfig(LinkConfig.DEFAULT.withListenerBounds(10, 1, 500)));
            var port = bert.listen();
            dialUp(node(new Plan()), port);

            assertThat(refusal(node(new Plan()), port)).isEqualTo("limit_reached");
        }

        @Test
        void whoComesBeyondTheBoundOfUnfinishedHandshakes() {
            var bert = node(withConfig(LinkConfig.DEFAULT.withListenerBounds(1, 10, 500)));
            var port = bert.listen();
            connectSilently(port);

            assertThat(refusal(node(new Plan()), port)).isEqualTo("limit_reached");
        }

        @Test
        void bytesOnOtherStreamsBeforeTheLinkIsAccepted() {
            var bert = node(new Plan());
            var port = bert.listen();
            connectSilently(port);

            network.connections().getFirst().inject(8, FrameCodec.filler());
            network.run();

            awaitOverNetwork(() -> network.connections().getFirst().hasEnded());
            assertThat(bert.accepted).isEmpty();
        }

        @Test
        void aPublishInsteadOfAHandshake() {
            var bert = node(new Plan());
            var port = bert.listen();
            connectSilently(port);

            network.connections().getFirst().inject(0, FrameCodec.encode(publish("t", "hello")));
            network.run();

            awaitOverNetwork(() -> network.connections().getFirst().hasEnded());
            assertThat(bert.counters.snapshot().framesOut())
                    .containsOnlyKeys(MessageType.DISCONNECT);
        }

        @Test
        void aListenerWhoseCertificateIsNotTheOneOfTheSession() {
            var bert = node(new Plan());
            var port = bert.listen();
            var dial = node(new Plan()).links.dial(TestNode.at(port), heard);
            await().until(() -> !network.connections().isEmpty());
            network.connections().getLast().forgeCertificate();

            assertThat(finished(dial)).isInstanceOfSatisfying(Dialled.Refused.class,
                    refused -> assertThat(refused.reason().code()).isEqualTo("identity_invalid"));
        }

        @Test
        void toServeAnOpenRealmToTheWorld() {
            var bert = node(new Plan());
            var world = new InetSocketAddress("0.0.0.0", 0);

            assertThat(TestNode.join(bert.links.listen(world, _ -> {
                throw new AssertionError("nobody dials");
            }))).isInstanceOfSatisfying(Links.Bound.Failed.class,
                    failed -> assertThat(failed.message()).contains("is open", "loopback"));
        }

        @Test
        void aPortThatIsTaken() {
            var port = node(new Plan()).listen();

            assertThat(node(new Plan()).listen(port)).isInstanceOfSatisfying(
                    Links.Bound.Failed.class,
                    failed -> assertThat(failed.message()).contains("in use"));
        }
    }

    @Nested
    class ADial {

        @Test
        void ofNobodyIsUnreachable() {
            assertThat(dial(node(new Plan()), TestNode.at(1))).isInstanceOfSatisfying(
                    Dialled.Unreachable.class,
                    unreachable -> assertThat(unreachable.message()).contains("nobody listens"));
        }

        @Test
        void ofAnUnknownHostIsUnreachable() {
            assertThat(dial(node(new Plan()), new PeerAddress(null, "no.such.host.invalid", 1)))
                    .isInstanceOf(Dialled.Unreachable.class);
        }

        @Test
        void thatAnotherOneHasOvertakenIsGivenUpAndLetInNowhere() {
            var gateway = node(new Plan());
            var port = gateway.listen();
            var overtaken = new LinkListener() {
                @Override
                public boolean mayProve() {
                    return false;
                }

                @Override
                public void received(Link link, Message message) {}

                @Override
                public void writable(Link link, StreamClass stream) {}

                @Override
                public void closed(Link link, Disconnected reason) {}
            };

            assertThat(finished(node(new Plan()).links.dial(TestNode.at(port), overtaken)))
                    .isInstanceOfSatisfying(Dialled.Unreachable.class,
                            given -> assertThat(given.message()).contains("come further"));
            assertThat(gateway.accepted).as("links at the listener").isEmpty();
        }

        @Test
        void thatNobodyAnswersEndsAfterTheHandshakeTimeout() {
            var port = node(new Plan()).listen();
            network.drop(_ -> true);
            var config = LinkConfig.DEFAULT.withTimeouts(Duration.ofSeconds(1),
                    Duration.ofMillis(50));

            assertThat(dial(node(withConfig(config)), TestNode.at(port))).isInstanceOfSatisfying(
                    Dialled.Unreachable.class,
                    unreachable -> assertThat(unreachable.message()).contains("in time"));
        }

        @Test
        void thatBreaksDuringTheHandshakeIsUnreachable() {
            var port = node(new Plan()).listen();
            var dial = node(new Plan()).links.dial(TestNode.at(port), heard);
            await().until(() -> !network.connections().isEmpty());

            network.cutAll();

            assertThat(finished(dial)).isInstanceOf(Dialled.Unreachable.class);
            assertThat(heard.closed).isEmpty();
        }

        @Test
        void byAClosedNodeIsUnreachable() {
            var anna = node(new Plan());
            anna.close();

            assertThat(dial(anna, TestNode.at(1))).isInstanceOf(Dialled.Unreachable.class);
        }
    }

    @Nested
    class Remembers {

        @TempDir Path folder;

        @Test
        void whomItMetAndRefusesAnotherThereUntilTheLineIsRemoved() throws Exception {
            var file = folder.resolve("known_peers");
            var first = node(new Plan());
            var port = first.listen();
            dialUp(node(withKnown(file)), port);
            await().until(() -> Files.exists(file));
            assertThat(file).hasContent("127.0.0.1:" + port + " " + first.key.id().hex());

            var dialler = node(withKnown(file));
            network.closePort(port);
            var second = node(new Plan());
            second.listen(port);
            assertThat(dial(dialler, TestNode.at(port))).isInstanceOfSatisfying(
                    Dialled.Refused.class, refused -> {
                        assertThat(refused.reason().code()).isEqualTo("identity_changed");
                        assertThat(refused.reason().message()).contains("remove the line",
                                first.key.id().hex(), second.key.id().hex(), file.toString());
                    });

            Files.delete(file);
            assertThat(dialUp(dialler, port).peer()).isEqualTo(second.key.id());
            await().until(() -> Files.exists(file));
            assertThat(file).hasContent("127.0.0.1:" + port + " " + second.key.id().hex());
        }

        @Test
        void nobodyWhileItsFileIsMalformed() throws Exception {
            var file = folder.resolve("known_peers");
            var dialler = node(withKnown(file));
            Files.writeString(file, "nonsense\n");

            assertThat(refusal(dialler, 1)).isEqualTo("known_peers_unreadable");
        }

        private Plan withKnown(Path file) {
            var plan = new Plan();
            plan.known = ((KnownPeers.Opened.Ready) KnownPeers.open(file)).peers();
            return plan;
        }
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

    private TestNode node(Plan plan) {
        var node = plan.on(network.provider());
        nodes.add(node);
        return node;
    }

    private Link dialUp(TestNode from, int port) {
        return up(dial(from, TestNode.at(port)));
    }

    private static Link up(Dialled dialled) {
        assertThat(dialled).isInstanceOf(Dialled.Up.class);
        return ((Dialled.Up) dialled).link();
    }

    private String refusal(TestNode from, int port) {
        var dialled = dial(from, TestNode.at(port));
        assertThat(dialled).isInstanceOf(Dialled.Refused.class);
        return ((Dialled.Refused) dialled).reason().code();
    }

    private Dialled dial(TestNode from, PeerAddress address) {
        return finished(from.links.dial(address, heard));
    }

    private Dialled finished(CompletionStage<Dialled> dial) {
        var result = dial.toCompletableFuture();
        awaitOverNetwork(result::isDone);
        network.run();
        return result.join();
    }

    private void awaitOverNetwork(BooleanSupplier happened) {
        await().pollInSameThread()
                .pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(20))
                .until(() -> {
                    network.run();
                    return happened.getAsBoolean();
                });
    }

    /// Opens a connection and says nothing.
    private void connectSilently(int port) {
        var opened = network.provider()
                .dial(new InetSocketAddress("127.0.0.1", port),
                        Duration.ofSeconds(1), _ -> new QuicConnectionHandler() {
                            @Override
                            public QuicStreamHandler streamOpened(QuicStream stream) {
                                throw new AssertionError("a listener opens no stream");
                            }

                            @Override
                            public void closed(String reason) {}
                        });
        assertThat(opened).isCompleted();
    }

    private static RpcRequest request(String procedure) {
        return RpcRequest.of(Bytes.utf8("id"), procedure, Bytes.utf8("{}"), Bytes.utf8("anna"));
    }

    private static Publish publish(String topic, String payload) {
        return Publish.of(topic, Bytes.utf8(payload), 0, false, Bytes.utf8("0123456789abcdef"));
    }

    private static RelayData relayed(String payload) {
        return new RelayData(Bytes.utf8("session"), Bytes.utf8(payload));
    }

    private static Plan inRealm(Realm realm) {
        var plan = new Plan();
        plan.realm = realm;
        return plan;
    }

    private static Plan withConfig(LinkConfig config) {
        var plan = new Plan();
        plan.config = config;
        return plan;
    }

    private static Plan withEndpoint(String endpoint) {
        var plan = new Plan();
        plan.endpoint = endpoint;
        return plan;
    }

    private static Realm closed(String secret) {
        return Realm.closed("lab", RealmSecret.of(secret.getBytes(StandardCharsets.UTF_8)));
    }
}
