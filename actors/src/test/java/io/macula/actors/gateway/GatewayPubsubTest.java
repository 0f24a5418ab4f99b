package io.macula.actors.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.dht.Provider;
import io.macula.actors.dht.RealmKey;
import io.macula.actors.dht.ToldDiscovery;
import io.macula.actors.flow.PeerInbox;
import io.macula.actors.link.fake.FakeLink;
import io.macula.actors.link.fake.Nodes;
import io.macula.actors.local.Delivery;
import io.macula.actors.local.LocalSubscriptions;
import io.macula.actors.local.LocalTables;
import io.macula.actors.mesh.Advertised;
import io.macula.actors.mesh.MeshRig;
import io.macula.actors.mesh.Outreach;
import io.macula.actors.trace.Tracing;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Ping;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.PubsubRoute;
import io.macula.actors.wire.Reply;
import io.macula.actors.wire.Subscribe;
import io.macula.actors.wire.TopicName;
import io.macula.actors.wire.TopicPattern;
import io.macula.actors.wire.Unsubscribe;
import io.macula.actors.wire.Value;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.junit.jupiter.api.Test;

class GatewayPubsubTest {

    private static final Bytes REQUEST = Bytes.utf8("request");

    private final ClientSessions sessions = new ClientSessions(100, 10);
    private final PeerInbox here = new PeerInbox(10);
    private final LocalSubscriptions local = LocalTables.subscriptions(10, 100, 1_000,
            Runnable::run);
    private final GatewayCounters counters = new GatewayCounters();
    private final PeerInbox arrivals = new PeerInbox(10);
    private final MeshRig rig = new MeshRig();
    private final Outreach outreach = rig.outreach();
    private final Advertised advertised = rig.advertised();
    private final List<Integer> takenHere = new ArrayList<>();
    private final List<Delivery> heardHere = new ArrayList<>();
    private BehaviorTestKit<GatewayPubsub.Command> pubsub = start();
    private int messages;

    private BehaviorTestKit<GatewayPubsub.Command> start() {
        return BehaviorTestKit.create(GatewayPubsub.create(new GatewayPubsub.Parts(sessions,
                List.of(here, arrivals), local, counters, 3, outreach, advertised,
                Tracing.OFF)));
    }

    private ClientSession peer(int number, String... patterns) {
        var session = ((ClientSessions.Admitted.In) sessions
                .admit(new FakeLink(Nodes.node(number)))).session();
        if (patterns.length > 0) {
            pubsub.run(new GatewayPubsub.Subscribes(session,
                    Subscribe.of(List.of(patterns), 0)));
        }
        return session;
    }

    /// A node that listens itself comes in, as its neighbour.
    private ClientSession node(int number, String... patterns) {
        var link = rig.neighbour(number);
        var session = ((ClientSessions.Admitted.In) sessions.admit(link)).session();
        pubsub.run(new GatewayPubsub.Subscribes(session, Subscribe.of(List.of(patterns), 0)));
        return session;
    }

    private RealmKey topic(String topic) {
        return RealmKey.topic(ToldDiscovery.REALM, topic);
    }

    /// The DHT has been asked who wants messages of the topic: these.
    private void wanted(String topic, Provider... nodes) {
        for (var key : rig.keys().keysFor(TopicName.of(topic).orElseThrow())) {
            rig.dht().knows(key, key.equals(topic(topic)) ? nodes : new Provider[0]);
        }
    }

    private static FakeLink linkOf(ClientSession session) {
        return (FakeLink) session.link();
    }

    private Publish publish(String topic) {
        messages++;
        return Publish.of(topic, Bytes.utf8("21"), 0, false, Bytes.utf8("message-" + messages));
    }

    private void publishes(ClientSession from, Publish publish) {
        pubsub.run(new GatewayPubsub.Published(from, publish));
    }

    private static List<Publish> heard(ClientSession session) {
        return linkOf(session).sent(Publish.class);
    }

    @Test
    void passesAMessageOnToEachPeerOnceHoweverManyOfItsPatternsMatch() {
        var anna = peer(1, "sensor.*", "sensor.temp", "**");
        var bert = peer(2, "lamp.*");
        var publisher = peer(3);

        publishes(publisher, publish("sensor.temp"));

        assertThat(heard(anna)).hasSize(1);
        assertThat(heard(bert)).isEmpty();
        assertThat(counters.snapshot().delivered()).isEqualTo(1);
    }

    @Test
    void neverSendsAMessageBackOverTheLinkItCameInOn() {
        var anna = peer(1, "**");

        publishes(anna, publish("sensor.temp"));

        assertThat(heard(anna)).isEmpty();
    }

    @Test
    void deliversToTheNodesOwnSubscriptionsOnce() {
        local.add(TopicPattern.of("sensor.*").orElseThrow(), heardHere::add);
        var anna = peer(1, "sensor.*");

        here.enter(new Ping(0));
        wanted("sensor.temp");
        pubsub.run(new GatewayPubsub.PublishedHere(here, publish("sensor.temp"), takenHere::add));

        assertThat(takenHere).containsExactly(2);
        assertThat(heardHere).hasSize(1);
        assertThat(heard(anna)).hasSize(1);
        assertThat(here.waiting()).isZero();
    }

    @Test
    void countsAndAnswersATopicThatIsNone() {
        var anna = peer(1, "**");
        var publisher = peer(2);

        publishes(publisher, publish("sensor..temp").withRequestId(REQUEST));
        publishes(publisher, publish("sensor.*"));

        assertThat(heard(anna)).isEmpty();
        assertThat(counters.snapshot().invalid()).isEqualTo(2);
        assertThat(linkOf(publisher).sent(Reply.class)).singleElement().satisfies(reply -> {
            assertThat(reply.callId()).isEqualTo(REQUEST);
            assertThat(reply.error()).extracting(Reply.Failure::code)
                    .isEqualTo("invalid_topic");
        });
    }

    @Test
    void tellsAPublisherThatAsksHowManyTookTheMessage() {
        peer(1, "a");
        peer(2, "*");
        var publisher = peer(3);

        var far = rig.neighbour(9);
        wanted("a", MeshRig.provider(9));

        publishes(publisher, publish("a").withRequestId(REQUEST));
        pubsub.runOne();

        assertThat(far.sent(PubsubRoute.class)).hasSize(1);
        assertThat(linkOf(publisher).sent(Reply.class))
                .containsExactly(Reply.result(REQUEST, new Value.Int(3)));
    }

    @Test
    void tellsEachOtherNodeOnceWhetherItIsInOrTheDhtNamesItOrBoth() {
        var session = node(7, "a", "**");
        wanted("a", MeshRig.provider(7));

        publishes(peer(1), publish("a").withRequestId(REQUEST));

        assertThat(linkOf(session).sent(PubsubRoute.class)).singleElement()
                .satisfies(route -> {
                    assertThat(route.payload().topic()).isEqualTo("a");
                    assertThat(route.payload().requestId()).isNull();
                });
        assertThat(heard(session)).as("a copy beside the frame").isEmpty();
    }

    @Test
    void doesNotSendBackToTheNodeThatPublishes() {
        var session = node(7, "a");
        wanted("a", MeshRig.provider(7));

        publishes(session, publish("a"));

        assertThat(linkOf(session).sent(PubsubRoute.class)).isEmpty();
    }

    @Test
    void passesWhatAnotherNodePublishesOnToThoseWhoAreInAndToNoOtherNode() {
        local.add(TopicPattern.of("a").orElseThrow(), heardHere::add);
        var anna = peer(1, "a");
        var other = node(7, "a");
        wanted("a", MeshRig.provider(7));
        arrivals.enter(new Ping(0));

        pubsub.run(new GatewayPubsub.Arrived(arrivals, publish("a")));
        pubsub.run(new GatewayPubsub.Arrived(arrivals, publish("a..b")));

        assertThat(heardHere).hasSize(1);
        assertThat(heard(anna)).hasSize(1);
        assertThat(linkOf(other).sent()).isEmpty();
        assertThat(arrivals.waiting()).isZero();
        assertThat(counters.snapshot().invalid()).isEqualTo(1);
    }

    @Test
    void tellsTheDhtWhatThoseWhoAreInWantUntilTheLastOfThemHasLeft() {
        var anna = peer(1, "a", "b");
        var bert = peer(2, "b");
        node(7, "c");
        assertThat(rig.dht().discovery().provided()).containsExactlyInAnyOrder(topic("a"),
                topic("b"));

        pubsub.run(new GatewayPubsub.Left(anna));
        assertThat(rig.dht().discovery().provided()).containsExactly(topic("b"));
        pubsub.run(new GatewayPubsub.Unsubscribes(bert, Unsubscribe.of(List.of("b"))));

        assertThat(rig.dht().discovery().provided()).isEmpty();
    }

    @Test
    void losesAndCountsWhatAFullLinkDoesNotTakeAndServesTheOthers() {
        var slow = peer(1, "a");
        var fast = peer(2, "a");
        linkOf(slow).setFull(true);

        publishes(peer(3), publish("a"));

        assertThat(heard(fast)).hasSize(1);
        assertThat(counters.snapshot().dropped()).isEqualTo(1);
    }

    @Test
    void survivesAMessageThatIsTooLongToBePassedOn() {
        var anna = peer(1, "a");
        linkOf(anna).setPayloadBytesMax(100);
        var publisher = peer(2);
        var tooLong = Publish.of("a", Bytes.of(new byte[200]), 0, false, Bytes.utf8("long"));

        publishes(publisher, tooLong.withRequestId(REQUEST));
        publishes(publisher, publish("a"));

        assertThat(heard(anna)).hasSize(1);
        assertThat(linkOf(publisher).sent(Reply.class)).singleElement()
                .extracting(Reply::error)
                .extracting("code")
                .isEqualTo("frame_too_long");
    }

    @Test
    void answersSubscriptionsAndRefusesAllOfAFrameForOneBadPattern() {
        var anna = peer(1);

        pubsub.run(new GatewayPubsub.Subscribes(anna,
                Subscribe.of(List.of("a", "b..c"), 0).withRequestId(REQUEST)));
        publishes(peer(2), publish("a"));

        assertThat(heard(anna)).isEmpty();
        assertThat(anna.patterns()).isEmpty();
        assertThat(linkOf(anna).sent(Reply.class)).singleElement()
                .extracting(Reply::error)
                .extracting("code")
                .isEqualTo("invalid_topic");
    }

    @Test
    void knowsAfterARestartWhatThePeersWantedWithoutAskingThem() {
        var anna = peer(1, "a", "b");
        pubsub.run(new GatewayPubsub.Unsubscribes(anna, Unsubscribe.of(List.of("b"))));

        pubsub = start();
        publishes(peer(2), publish("a"));
        publishes(peer(3), publish("b"));

        assertThat(heard(anna)).extracting(Publish::topic).containsExactly("a");
    }

    @Test
    void takesBackAfterARestartWhatAPeerWantedThatLeftMeanwhile() {
        var left = peer(1, "a");
        peer(2, "b");
        left.close();
        sessions.remove(left);

        pubsub = start();

        assertThat(rig.dht().discovery().provided()).containsExactly(topic("b"));
    }

    @Test
    void hasRoomAgainAfterARestartForWhatWaitedInItsLostMailbox() {
        var anna = peer(1);
        while (anna.pubsubInbox().enter(new Ping(0))) {
            anna.rpcInbox().enter(new Ping(0));
        }

        pubsub = start();

        assertThat(anna.pubsubInbox().waiting()).isZero();
        assertThat(anna.rpcInbox().waiting()).isPositive();
    }

    @Test
    void forgetsAPeerThatLeftAlsoWhenItsLastFrameIsReadAfterThat() {
        var anna = peer(1, "a");
        anna.close();
        sessions.remove(anna);

        pubsub.run(new GatewayPubsub.Left(anna));
        pubsub.run(new GatewayPubsub.Subscribes(anna, Subscribe.of(List.of("a"), 0)));
        publishes(peer(2), publish("a"));

        assertThat(heard(anna)).isEmpty();
        assertThat(counters.snapshot().dropped()).isZero();
    }
}
