package io.macula.actors.peer;

import static io.macula.actors.link.fake.Eventually.eventually;
import static io.macula.actors.link.fake.Nodes.idOf;
import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.PeerAddress;
import io.macula.actors.link.Redial;
import io.macula.actors.link.fake.FakeLink;
import io.macula.actors.link.fake.FakeLinks;
import io.macula.actors.local.Local;
import io.macula.actors.local.LocalProcedures;
import io.macula.actors.local.LocalTables;
import io.macula.actors.rpc.CallLedger;
import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.rpc.RpcError;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.MessageIds;
import io.macula.actors.wire.RpcReply;
import io.macula.actors.wire.RpcRequest;
import io.macula.actors.wire.Store;
import io.macula.actors.wire.Subscribe;
import io.macula.actors.wire.TopicPattern;
import io.macula.supervision.Supervision;
import io.macula.supervision.Supervisor;
import io.macula.supervision.TreePath;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeerSystemTest {

    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final AtomicInteger TREES = new AtomicInteger();

    private final FakeLinks links = new FakeLinks();
    private final Uplink uplink = new Uplink(PeerAddress.parse("10.0.0.1:9443").orElseThrow());
    private final Local local = new Local(
            LocalTables.subscriptions(10, 100, 1_000, Runnable::run),
            new LocalProcedures(10, 10, Runnable::run), new CallLedger(10));
    private final String tree = "peer-" + TREES.incrementAndGet();
    private final List<CallOutcome> ended = new CopyOnWriteArrayList<>();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @BeforeEach
    void start() {
        var parts = new PeerSystem.Parts(node(0), () -> "", links, Redial.Pace.DEFAULT, local,
                MessageIds.create(), Duration.ofMinutes(5), Duration.ofMinutes(4), 100,
                PeerSystem.Strategy.ONE_FOR_ALL, Clock.systemUTC(), new Random(1));
        KIT.spawn(Supervisor.root(tree, PeerSystem.spec(parts, uplink)));
        local.subscriptions().add(TopicPattern.of("a").orElseThrow(), _ -> {});
        local.procedures().offer("echo", CallOutcome.Ok::new);
    }

    private FakeLink linkUp(int number) {
        eventually(() -> links.dials().size() > number);
        var link = links.dials().get(number).comesThrough(node(1));
        eventually(() -> link.sent(Subscribe.class).size() == 1
                && link.sent(Store.class).size() == 1);
        return link;
    }

    private void kill(String child) {
        var path = TreePath.parse(tree + "/" + child);
        assertThat(Supervision.of(KIT.system()).kill(path)).isTrue();
    }

    @Test
    void subscribesAndAdvertisesOnEachNewLink() {
        linkUp(0).isLost();

        linkUp(1);
    }

    @Test
    void answersWhatThePeerAsks() {
        var link = linkUp(0);

        link.receives(RpcRequest.of(Bytes.utf8("r"), "echo", Bytes.utf8("hi"), idOf(node(7))));

        eventually(() -> link.sent(RpcReply.class).size() == 1);
    }

    @Test
    void endsTheCallsOfALostLink() {
        var link = linkUp(0);
        local.calls().open(Bytes.utf8("call"), link, Long.MAX_VALUE, ended::add);

        link.isLost();

        assertThat(ended).containsExactly(RpcHandler.LINK_LOST);
        assertThat(RpcHandler.LINK_LOST.error()).isEqualTo(RpcError.GONE);
    }

    @Test
    void closesTheLinkAndDialsAgainWhenItsConnectionIsKilled() {
        var left = linkUp(0);

        kill("connection");

        eventually(left::isClosed);
        linkUp(1);
    }

    @Test
    void comesBackAltogetherWhenAHandlerIsKilled() {
        var left = linkUp(0);

        kill("pubsub_handler");

        eventually(left::isClosed);
        linkUp(1);
    }
}
