package io.macula.actors.peer;

import static io.macula.actors.link.fake.Eventually.eventually;
import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.flow.PeerInbox;
import io.macula.actors.link.fake.FakeLink;
import io.macula.actors.local.Confirmation;
import io.macula.actors.local.Delivery;
import io.macula.actors.local.LocalSubscriptions;
import io.macula.actors.local.LocalSubscriptions.Added;
import io.macula.actors.local.LocalSubscriptions.LocalSubscription;
import io.macula.actors.local.LocalTables;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.MessageIds;
import io.macula.actors.wire.Ping;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.Reply;
import io.macula.actors.wire.Subscribe;
import io.macula.actors.wire.TopicPattern;
import io.macula.actors.wire.Unsubscribe;
import io.macula.actors.wire.Value;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PubsubHandlerTest {

    private static final ActorTestKit KIT = ActorTestKit.create(ManualTime.config());
    private static final ManualTime TIME = ManualTime.get(KIT.system());

    private final LocalSubscriptions subscriptions = LocalTables.subscriptions(2_000, 100, 1_000,
            Runnable::run);
    private final List<Delivery> heard = new CopyOnWriteArrayList<>();
    private final PeerInbox inbox = new PeerInbox(10);
    private final TestProbe<Connection.Command> connection = KIT.createTestProbe();
    private final ActorRef<PubsubHandler.Command> handler = KIT.spawn(PubsubHandler.create(
            subscriptions, MessageIds.create(), inbox, 5_000, connection.ref()));
    private final ActorRef<LinkEvent> listener = connection
            .expectMessageClass(Connection.Attach.class)
            .listener();
    private final FakeLink link = new FakeLink(node(1));

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private LocalSubscription subscribe(String pattern) {
        var added = subscriptions.add(TopicPattern.of(pattern).orElseThrow(), heard::add);
        return ((Added.Active) added).subscription();
    }

    private void up() {
        listener.tell(new LinkEvent.Up(link));
    }

    private List<Subscribe> subscribes(int count) {
        eventually(() -> link.sent(Subscribe.class).size() >= count);
        return link.sent(Subscribe.class);
    }

    private static Bytes requestId(Subscribe subscribe) {
        return Objects.requireNonNull(subscribe.requestId());
    }

    @Test
    void subscribesToEverythingInOneFrameWhenALinkComesUp() {
        subscribe("a");
        subscribe("a");
        subscribe("b.*");

        up();

        assertThat(subscribes(1)).singleElement()
                .satisfies(frame -> assertThat(frame.topics())
                        .containsExactlyInAnyOrder("a", "b.*"));
    }

    @Test
    void dividesVeryManySubscriptionsIntoFewFrames() {
        for (var number = 0; number < 1_200; number++) {
            subscribe("topic.number-" + number);
        }

        up();

        assertThat(subscribes(3)).hasSize(3);
        assertThat(link.sent(Subscribe.class).stream().flatMap(each -> each.topics().stream()))
                .hasSize(1_200)
                .doesNotHaveDuplicates();
    }

    @Test
    void tellsEverythingAgainOnTheNextLink() {
        subscribe("a");
        up();
        subscribes(1);
        listener.tell(new LinkEvent.Down(link));
        var next = new FakeLink(node(1));

        listener.tell(new LinkEvent.Up(next));

        eventually(() -> next.sent(Subscribe.class).size() == 1);
    }

    @Test
    void subscribesAndUnsubscribesWhileALinkIsUp() {
        up();
        var subscription = subscribe("a");
        handler.tell(new PubsubHandler.Subscribed(subscription.pattern()));
        subscribes(1);

        subscriptions.remove(subscription);
        handler.tell(new PubsubHandler.Unsubscribed(subscription.pattern()));

        eventually(() -> link.sent(Unsubscribe.class).size() == 1);
        assertThat(link.sent(Unsubscribe.class).getFirst().topics()).containsExactly("a");
    }

    @Test
    void keepsASubscriptionWhenTwoThreadsToldOfTheirChangesInTheWrongOrder() {
        up();
        var pattern = subscribe("a").pattern();

        handler.tell(new PubsubHandler.Subscribed(pattern));
        handler.tell(new PubsubHandler.Unsubscribed(pattern));

        subscribes(2);
        assertThat(link.sent(Unsubscribe.class)).isEmpty();
    }

    @Test
    void confirmsWhatThePeerConfirmsAndTellsOfARefusal() {
        var good = subscribe("a");
        up();
        var first = requestId(subscribes(1).getFirst());
        var bad = subscribe("b");
        handler.tell(new PubsubHandler.Subscribed(bad.pattern()));
        var second = requestId(subscribes(2).getLast());

        handler.tell(new PubsubHandler.Answered(Reply.result(Bytes.utf8("?"), Value.Nil.NIL)));
        handler.tell(new PubsubHandler.Answered(Reply.result(first, Value.Nil.NIL)));
        handler.tell(new PubsubHandler.Answered(Reply.error(second, "limit_reached", "no")));

        eventually(() -> bad.confirmed().toCompletableFuture().isDone());
        assertThat(good.confirmed().toCompletableFuture())
                .isCompletedWithValue(new Confirmation.Known());
        assertThat(bad.confirmed().toCompletableFuture())
                .isCompletedWithValue(new Confirmation.Refused("limit_reached", "no"));
    }

    @Test
    void triesAgainInAMomentWhenTheLinkIsFull() {
        subscribe("a");
        link.setFull(true);
        up();
        handler.tell(new PubsubHandler.Received(publish("other", 1)));
        eventually(() -> inbox.waiting() == 0);
        link.setFull(false);

        eventually(() -> {
            TIME.timePasses(PubsubHandler.FULL_PAUSE);
            return link.sent(Subscribe.class).size() == 1;
        });
        assertThat(link.isClosed()).isFalse();
    }

    @Test
    void deliversWhatThePeerPublishesOnceAlsoWhileNoLinkIsUp() {
        subscribe("a");
        inbox.enter(new Ping(0));
        inbox.enter(new Ping(0));

        handler.tell(new PubsubHandler.Received(publish("a", 1)));
        handler.tell(new PubsubHandler.Received(publish("a", 1)));

        eventually(() -> inbox.waiting() == 0);
        eventually(() -> heard.size() == 1);
    }

    private static Publish publish(String topic, int number) {
        return Publish.of(topic, Bytes.EMPTY, 0, false, Bytes.utf8("message-" + number));
    }
}
