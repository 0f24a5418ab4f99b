package io.macula.actors.mesh;

import static io.macula.actors.link.fake.Eventually.eventually;
import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.flow.OpenLinks;
import io.macula.actors.link.Link;
import io.macula.actors.link.LinkListener;
import io.macula.actors.link.Links;
import io.macula.actors.link.PeerAddress;
import io.macula.actors.link.fake.FakeLink;
import io.macula.actors.link.fake.FakeLinks;
import io.macula.actors.link.fake.TurningClock;
import io.macula.actors.wire.Ping;
import io.macula.dht.NodeId;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MeshLinksTest {

    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final NodeId SELF = node(0);

    /// Of two links to this one ours stays, because our id is the lower one; ...
    private static final NodeId HIGHER = first(true);

    /// ... and of two to this one theirs.
    private static final NodeId LOWER = first(false);

    private final FakeLinks dialled = new FakeLinks();
    private final OpenLinks open = new OpenLinks();
    private final Neighbours neighbours = new Neighbours(SELF, 10);
    private final AddressBook addresses = new AddressBook(100);
    private final Set<NodeId> upgrading = ConcurrentHashMap.newKeySet();
    private final TurningClock clock = new TurningClock();
    private final Mesh mesh = new Mesh(SELF, neighbours, addresses, upgrading);
    private final Links links = new Noting(dialled, neighbours);
    private final List<Parcel.Fate> fates = new CopyOnWriteArrayList<>();
    private ActorRef<MeshLinks.Command> process = start();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private static NodeId first(boolean isHigher) {
        return IntStream.range(1, 1_000)
                .mapToObj(number -> node(number))
                .filter(other -> other.compareTo(SELF) > 0 == isHigher)
                .findFirst()
                .orElseThrow();
    }

    /// As the mesh does it: a link is a neighbour before anybody else hears of it.
    private record Noting(FakeLinks links, Neighbours neighbours) implements Links {

        @Override
        public CompletionStage<Dialled> dial(
                PeerAddress address,
                LinkListener listener) {
            return links.dial(address, listener).thenApply(result -> {
                if (result instanceof Dialled.Up(var link)) {
                    neighbours.up(link);
                }
                return result;
            });
        }

        @Override
        public CompletionStage<Bound> listen(
                InetSocketAddress local, Acceptor acceptor) {
            return links.listen(local, acceptor);
        }

        @Override
        public void close() {}
    }

    private ActorRef<MeshLinks.Command> start() {
        var started = KIT.spawn(MeshLinks.create(new MeshLinks.Parts(SELF, links, neighbours,
                addresses, open, upgrading, 2, clock)));
        mesh.dialsBy(started);
        return started;
    }

    private void knows(NodeId node) {
        addresses.learn(node, "10.0.0.9", 9443);
    }

    private void forward(NodeId to, int number) {
        mesh.dial(to, Parcel.of(new Ping(number), fates::add));
    }

    private FakeLinks.Dial dial(int number) {
        eventually(() -> dialled.dials().size() > number);
        return dialled.dials().get(number);
    }

    private static void awaitSent(FakeLink link, int messages) {
        eventually(() -> link.sent().size() == messages);
    }

    private void awaitFates(Parcel.Fate... expected) {
        eventually(() -> fates.equals(List.of(expected)));
    }

    @Test
    void dialsTheAddressThatIsKnownInsistingOnTheIdAndKeepsTheLink() {
        knows(HIGHER);
        forward(HIGHER, 1);
        assertThat(dial(0).address().expectedId()).contains(HIGHER);
        var link = dial(0).comesThrough(HIGHER);
        awaitSent(link, 1);

        forward(HIGHER, 2);
        awaitSent(link, 2);

        assertThat(link.sent()).containsExactly(new Ping(1), new Ping(2));
        assertThat(dialled.dials()).hasSize(1);
        awaitFates(Parcel.Fate.SENT, Parcel.Fate.SENT);
    }

    @Test
    void saysWhatFoundNoWay() {
        forward(HIGHER, 1);
        awaitFates(Parcel.Fate.NO_WAY);

        knows(LOWER);
        forward(LOWER, 2);
        dial(0).fails();

        awaitFates(Parcel.Fate.NO_WAY, Parcel.Fate.NO_WAY);
        assertThat(upgrading).isEmpty();
    }

    @Test
    void leavesANodeThatRefusesAloneForAWhile() {
        knows(HIGHER);
        forward(HIGHER, 1);
        dial(0).isRefused("limit_reached");
        awaitFates(Parcel.Fate.NO_WAY);

        forward(HIGHER, 2);
        awaitFates(Parcel.Fate.NO_WAY, Parcel.Fate.NO_WAY);
        assertThat(dialled.dials()).hasSize(1);
        clock.turn(MeshPool.PAUSE_MIN);
        forward(HIGHER, 3);

        awaitSent(dial(1).comesThrough(HIGHER), 1);
    }

    @Test
    void triesAllAddressesAtTheSameTimeAndKeepsTheFirstThatAnswers() {
        addresses.learn(HIGHER, "10.0.0.1", 9443);
        addresses.learn(HIGHER, "10.0.0.2", 9443);
        addresses.learn(HIGHER, "10.0.0.3", 9443);
        forward(HIGHER, 1);
        dial(2);

        dial(0).fails();
        var first = dial(1).comesThrough(HIGHER);
        var late = dial(2).comesThrough(HIGHER);

        awaitSent(first, 1);
        assertThat(late.closeCode()).isEqualTo("superseded");
        assertThat(first.isClosed()).isFalse();
        assertThat(open.count()).isEqualTo(1);
    }

    @Test
    void givesUpWhenTheLastOfItsAddressesHasFailed() {
        addresses.learn(HIGHER, "10.0.0.1", 9443);
        addresses.learn(HIGHER, "10.0.0.2", 9443);
        forward(HIGHER, 1);
        dial(1).fails();
        assertThat(fates).isEmpty();

        dial(0).isRefused("wrong_id");

        awaitFates(Parcel.Fate.NO_WAY);
    }

    @Test
    void letsOnlyOneOfSeveralDialsProveItselfUntilThatFails() {
        addresses.learn(HIGHER, "10.0.0.1", 9443);
        addresses.learn(HIGHER, "10.0.0.2", 9443);
        forward(HIGHER, 1);

        assertThat(dial(1).listener().mayProve()).isTrue();
        assertThat(dial(0).listener().mayProve()).isFalse();
        dial(1).fails();

        assertThat(dial(0).listener().mayProve()).isTrue();
    }

    @Test
    void showsANodeAsUpgradingWhileADirectLinkToItIsDialled() {
        knows(HIGHER);

        mesh.wants(HIGHER);

        dial(0);
        assertThat(mesh.path(HIGHER)).contains(Way.Path.UPGRADING);
        dial(0).comesThrough(HIGHER);
        eventually(() -> mesh.path(HIGHER).equals(Optional.of(Way.Path.DIRECT))
                && upgrading.isEmpty());
    }

    @Test
    void doesNotDialANodeThatIsWantedWhenThereIsALinkAlready() {
        knows(HIGHER);
        neighbours.up(new FakeLink(HIGHER).accepted());

        mesh.wants(HIGHER);
        forward(HIGHER, 1);

        awaitFates(Parcel.Fate.SENT);
        assertThat(dialled.dials()).isEmpty();
    }

    @Test
    void keepsTheLinkOfTheLowerIdWhenBothDialledAtTheSameTime() {
        knows(LOWER);
        forward(LOWER, 1);
        dial(0);
        var theirs = new FakeLink(LOWER).accepted();
        neighbours.up(theirs);
        var ours = dial(0).comesThrough(LOWER);

        awaitSent(theirs, 1);
        assertThat(ours.closeCode()).isEqualTo("superseded");
        assertThat(theirs.isClosed()).isFalse();
    }

    @Test
    void keepsItsOwnLinkWhenItsIdIsTheLowerOne() {
        knows(HIGHER);
        forward(HIGHER, 1);
        dial(0);
        var theirs = new FakeLink(HIGHER).accepted();
        neighbours.up(theirs);

        var ours = dial(0).comesThrough(HIGHER);

        awaitSent(ours, 1);
        assertThat(ours.isClosed()).isFalse();
        assertThat(theirs.isClosed()).as("its owner closes it").isFalse();
    }

    @Test
    void keepsItsOwnLinkWhenTheOtherOneIsInDoubt() {
        knows(LOWER);
        mesh.wants(LOWER);
        dial(0);
        var theirs = new FakeLink(LOWER).accepted();
        theirs.setSuspect(true);
        neighbours.up(theirs);
        var ours = dial(0).comesThrough(LOWER);
        forward(LOWER, 1);

        awaitSent(ours, 1);
        assertThat(ours.isClosed()).isFalse();
    }

    @Test
    void doesNotDialANodeAgainWhoseLinkIsInDoubt() {
        knows(LOWER);
        knows(HIGHER);
        var theirs = new FakeLink(LOWER).accepted();
        theirs.setSuspect(true);
        neighbours.up(theirs);

        mesh.wants(LOWER);
        mesh.wants(HIGHER);
        dial(0);

        assertThat(dialled.dials()).extracting(dial -> dial.address().expectedId().orElseThrow())
                .containsExactly(HIGHER);
    }

    @Test
    void dialsAgainWhenTheLinkHadClosedBeforeItWasHeardOf() {
        knows(HIGHER);
        forward(HIGHER, 1);
        var dead = dial(0).link(HIGHER);
        dead.isLost();
        dial(0).comesThrough(dead);
        awaitFates(Parcel.Fate.NO_WAY);
        clock.turn(MeshPool.PAUSE_MIN);

        mesh.wants(HIGHER);

        assertThat(dial(1).comesThrough(HIGHER).isClosed()).isFalse();
    }

    @Test
    void dialsAgainANodeThatIsWantedWhoseLinkHadClosedBeforeItWasHeardOf() {
        knows(HIGHER);
        mesh.wants(HIGHER);
        var dead = dial(0).link(HIGHER);
        dead.isLost();
        dial(0).comesThrough(dead);
        eventually(upgrading::isEmpty);
        clock.turn(MeshPool.PAUSE_MIN);

        mesh.wants(HIGHER);

        assertThat(dial(1).address().expectedId()).contains(HIGHER);
    }

    @Test
    void closesTheLinkThatWasUsedLongestAgoWhenItKeepsTooMany() {
        var first = linkedTo(0);
        var second = linkedTo(1);
        forward(node(20), 5);
        awaitSent(first, 2);

        var third = linkedTo(2);

        eventually(second::isClosed);
        assertThat(second.closeCode()).isEqualTo("evicted");
        assertThat(first.isClosed() || third.isClosed()).isFalse();
    }

    private FakeLink linkedTo(int number) {
        var far = node(20 + number);
        knows(far);
        forward(far, number);
        var link = dial(number).comesThrough(far);
        awaitSent(link, 1);
        return link;
    }

    @Test
    void closesLinksThatAKilledIncarnationLeftOpenOrStillDials() {
        knows(HIGHER);
        knows(LOWER);
        forward(HIGHER, 1);
        var left = dial(0).comesThrough(HIGHER);
        awaitSent(left, 1);
        forward(LOWER, 2);
        dial(1);

        process = start();
        eventually(left::isClosed);
        var late = dial(1).comesThrough(LOWER);

        eventually(late::isClosed);
        assertThat(open.count()).isZero();
        eventually(upgrading::isEmpty);
    }

    @Test
    void tellsThoseThatWaitWhenItStops() {
        knows(HIGHER);
        forward(HIGHER, 1);
        dial(0);

        KIT.stop(process);

        awaitFates(Parcel.Fate.NO_WAY);
        assertThat(upgrading).isEmpty();
    }

    @Test
    void hasABoundOnWhatWaitsInItsMailbox() {
        var nobody = KIT.<MeshLinks.Command>createTestProbe();
        mesh.dialsBy(nobody.ref());

        for (var number = 0; number < Mesh.ASKED_MAX + 5; number++) {
            forward(HIGHER, number);
        }

        assertThat(fates).hasSize(5).containsOnly(Parcel.Fate.NO_WAY);
        mesh.wants(LOWER);
        assertThat(nobody.receiveSeveralMessages(Mesh.ASKED_MAX)).hasSize(Mesh.ASKED_MAX);
        nobody.expectNoMessage(Duration.ZERO);
    }

    @Test
    void hasRoomAgainInItsMailboxForWhatItHasRead() {
        for (var number = 0; number < 3 * Mesh.ASKED_MAX; number++) {
            var before = number;
            forward(HIGHER, number);
            if (number % 1_000 == 999) {
                eventually(() -> fates.size() == before + 1);
            }
        }
        knows(LOWER);

        forward(LOWER, 1);

        Link link = dial(0).comesThrough(LOWER);
        awaitSent((FakeLink) link, 1);
    }
}
