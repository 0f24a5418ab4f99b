package io.macula.actors.peer;

import static io.macula.actors.link.fake.Eventually.eventually;
import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.fake.FakeLink;
import io.macula.actors.local.Confirmation;
import io.macula.actors.local.LocalProcedures;
import io.macula.actors.local.LocalProcedures.Offered;
import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.wire.MessageIds;
import io.macula.actors.wire.Reply;
import io.macula.actors.wire.Store;
import io.macula.actors.wire.Value;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class AdvertisementManagerTest {

    private static final ActorTestKit KIT = ActorTestKit.create(ManualTime.config());
    private static final ManualTime TIME = ManualTime.get(KIT.system());
    private static final Duration TTL = Duration.ofMinutes(5);
    private static final Duration REFRESH = Duration.ofMinutes(4);

    private final LocalProcedures procedures = new LocalProcedures(10, 1, Runnable::run);
    private final TestProbe<Connection.Command> connection = KIT.createTestProbe();
    private final ActorRef<AdvertisementManager.Command> manager = KIT.spawn(
            AdvertisementManager.create(node(0), () -> "10.0.0.1:9443", procedures,
                    MessageIds.create(),
                    TTL, REFRESH, 5, connection.ref()));
    private final ActorRef<LinkEvent> listener = connection
            .expectMessageClass(Connection.Attach.class)
            .listener();
    private final FakeLink link = new FakeLink(node(1));

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private Offered.Active offer(String procedure) {
        return (Offered.Active) procedures.offer(procedure, CallOutcome.Ok::new);
    }

    private void up() {
        listener.tell(new LinkEvent.Up(link));
    }

    private List<Store> stores(int count) {
        eventually(() -> link.sent(Store.class).size() >= count);
        return link.sent(Store.class);
    }

    private static long ttlOf(Store store) {
        return ((Value.Map) store.value()).number("ttl").orElseThrow();
    }

    @Test
    void tellsOfEveryProcedureWhenALinkComesUp() {
        offer("a");
        offer("b");

        up();

        assertThat(stores(2)).extracting(Store::procedure).containsExactlyInAnyOrder("a", "b");
        assertThat(stores(2)).allSatisfy(store -> assertThat(ttlOf(store)).isEqualTo(300));
    }

    @Test
    void renewsBeforeWhatItSaidExpires() {
        offer("a");
        up();
        stores(1);

        TIME.timePasses(REFRESH.minusMillis(1));
        TIME.expectNoMessageFor(Duration.ZERO, connection);
        assertThat(link.sent(Store.class)).hasSize(1);
        TIME.timePasses(Duration.ofMillis(1));

        assertThat(stores(2)).hasSize(2);
        assertThat(REFRESH).isLessThan(TTL);
    }

    @Test
    void tellsOfANewProcedureAndOfAWithdrawal() {
        offer("first");
        up();
        stores(1);
        offer("a");
        manager.tell(new AdvertisementManager.Offered("a"));
        stores(2);

        procedures.withdraw("a");
        manager.tell(new AdvertisementManager.Withdrawn("a"));

        assertThat(stores(3)).extracting(Store::procedure).containsExactly("first", "a", "a");
        assertThat(stores(3)).extracting(AdvertisementManagerTest::ttlOf)
                .containsExactly(300L, 300L, 0L);
    }

    @Test
    void keepsAnOfferWhenTwoThreadsToldOfTheirChangesInTheWrongOrder() {
        offer("a");
        up();
        stores(1);

        manager.tell(new AdvertisementManager.Offered("a"));
        manager.tell(new AdvertisementManager.Withdrawn("a"));

        assertThat(stores(3)).extracting(AdvertisementManagerTest::ttlOf)
                .containsExactly(300L, 300L, 300L);
    }

    @Test
    void confirmsWhatThePeerConfirms() {
        var offered = offer("a");
        up();
        var requestId = Objects.requireNonNull(stores(1).getFirst().requestId());

        manager.tell(new AdvertisementManager.Answered(
                Reply.result(requestId, Value.Nil.NIL)));

        eventually(() -> offered.confirmed().toCompletableFuture().isDone());
        assertThat(offered.confirmed().toCompletableFuture())
                .isCompletedWithValue(new Confirmation.Known());
    }

    @Test
    void triesAgainInAMomentWhenTheLinkIsFull() {
        offer("a");
        link.setFull(true);
        up();
        manager.tell(new AdvertisementManager.Offered("a"));
        link.setFull(false);

        eventually(() -> {
            TIME.timePasses(PubsubHandler.FULL_PAUSE);
            return !link.sent(Store.class).isEmpty();
        });
    }

    @Test
    void saysNothingAfterTheLinkIsGone() {
        offer("first");
        up();
        stores(1);
        listener.tell(new LinkEvent.Down(link));
        offer("a");
        manager.tell(new AdvertisementManager.Offered("a"));
        var next = new FakeLink(node(1));
        listener.tell(new LinkEvent.Up(next));

        eventually(() -> next.sent(Store.class).size() == 2);
        assertThat(link.sent(Store.class)).hasSize(1);
    }
}
