package io.macula.actors.mesh;

import static io.macula.actors.link.fake.Eventually.eventually;
import static io.macula.actors.link.fake.Nodes.idOf;
import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.dht.Provider;
import io.macula.actors.dht.RealmKey;
import io.macula.actors.dht.ToldDiscovery;
import io.macula.actors.link.Link;
import io.macula.actors.link.fake.FakeLink;
import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.rpc.RpcError;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.RpcRequest;
import io.macula.actors.wire.RpcRoute;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MeshCallsTest {

    private static final RealmKey ADD = RealmKey.procedure(ToldDiscovery.REALM, "add");
    private static final CallOutcome OK = new CallOutcome.Ok(Bytes.utf8("8"));
    private static final boolean IDEMPOTENT = true;
    private static final boolean ONCE = false;

    private final MeshRig rig = new MeshRig();
    private final MeshCalls calls = rig.calls();
    private final List<CallOutcome> ended = new CopyOnWriteArrayList<>();

    private static long in(Duration time) {
        return System.nanoTime() + time.toNanos();
    }

    private void call(boolean idempotent) {
        call(idempotent, Choice.LEAST_LOADED, Duration.ofMinutes(5));
    }

    private void call(boolean idempotent, Choice choice, Duration deadline) {
        calls.call(new MeshCalls.Call("add", Bytes.utf8("[3,5]"), in(deadline), idempotent,
                choice), ended::add);
    }

    private void known(Provider... providers) {
        rig.dht().knows(ADD, providers);
    }

    /// Providers 1 to `count`, each with a link.
    private List<FakeLink> knownWithLinks(int count) {
        var links = IntStream.rangeClosed(1, count)
                .mapToObj(number -> rig.neighbour(number))
                .toList();
        known(IntStream.rangeClosed(1, count)
                .mapToObj(number -> MeshRig.provider(number))
                .toArray(Provider[]::new));
        return links;
    }

    private static List<RpcRequest> requests(FakeLink link) {
        return link.sent(RpcRequest.class);
    }

    private static int requests(List<FakeLink> links) {
        return links.stream().mapToInt(link -> requests(link).size()).sum();
    }

    /// The link over which the newest request went out that is not answered yet.
    private FakeLink asked(List<FakeLink> links) {
        return links.stream()
                .filter(link -> !requests(link).isEmpty() && isOpen(link))
                .findFirst()
                .orElseThrow();
    }

    private final List<Bytes> answered = new ArrayList<>();

    private boolean isOpen(FakeLink link) {
        return !answered.contains(requests(link).getLast().requestId());
    }

    private void answers(FakeLink link, CallOutcome outcome) {
        var id = requests(link).getLast().requestId();
        answered.add(id);
        assertThat(rig.ledger().settleVia(id, link, outcome)).isTrue();
    }

    private static CallOutcome failed(RpcError error) {
        return new CallOutcome.Failed(error, "said in a test");
    }

    private void endedWith(RpcError error) {
        assertThat(ended).singleElement()
                .isInstanceOfSatisfying(CallOutcome.Failed.class,
                        failed -> assertThat(failed.error()).isEqualTo(error));
        assertThat(rig.ledger().openCalls()).isZero();
    }

    @Test
    void asksAProviderStraightAndEndsWithItsAnswer() {
        var link = knownWithLinks(1).getFirst();

        call(IDEMPOTENT);
        assertThat(requests(link)).singleElement().satisfies(request -> {
            assertThat(request.procedure()).isEqualTo("add");
            assertThat(request.args()).isEqualTo(Bytes.utf8("[3,5]"));
            assertThat(request.targetNode()).isEqualTo(idOf(node(1)));
            assertThat(request.fromNode()).isEqualTo(idOf(MeshRig.SELF));
            assertThat(request.timeoutMillis()).isBetween(1L, 300_000L);
            assertThat(request.idempotent()).isTrue();
        });
        answers(link, OK);

        assertThat(ended).containsExactly(OK);
        assertThat(rig.mesh().counters().snapshot().direct()).isEqualTo(1);
    }

    @Test
    void asksByAGatewayWhenThereIsNoLinkToTheProvider() {
        var gateway = rig.gateway(7);
        known(MeshRig.provider(1));

        call(ONCE);
        var route = gateway.sent(RpcRoute.class).getFirst();
        var asked = RouteFrames.callOf(route).orElseThrow();
        rig.ledger().settleVia(asked.requestId(), gateway, OK);

        assertThat(route.destinationNodeId()).isEqualTo(idOf(node(1)));
        assertThat(asked.procedure()).isEqualTo("add");
        assertThat(ended).containsExactly(OK);
        assertThat(rig.mesh().counters().snapshot().relayed()).isEqualTo(1);
    }

    @Test
    void looksProvidersUpThatAreNotKnown() {
        var link = rig.neighbour(1);
        call(ONCE);
        assertThat(link.sent()).isEmpty();

        rig.dht().finds(ADD, MeshRig.provider(1));
        answers(link, OK);

        assertThat(ended).containsExactly(OK);
    }

    @Test
    void looksAgainWhenNoneOfTheProvidersItKnewCouldTakeTheRequest() {
        var stale = knownWithLinks(1).getFirst();
        rig.dht().clock().turn(Duration.ofSeconds(6));
        var fresh = rig.neighbour(2);
        call(ONCE);
        answers(stale, failed(RpcError.PROCEDURE_NOT_FOUND));
        assertThat(ended).isEmpty();

        rig.dht().finds(ADD, MeshRig.provider(1), MeshRig.provider(2));
        answers(fresh, OK);

        assertThat(ended).containsExactly(OK);
        assertThat(requests(stale)).hasSize(1);
    }

    @Test
    void saysThatNobodyOffersTheProcedureWhenNobodyButItselfDoes() {
        call(ONCE);
        rig.dht().finds(ADD, new Provider(MeshRig.SELF, List.of(), List.of(), 0));

        endedWith(RpcError.PROCEDURE_NOT_FOUND);
    }

    @ParameterizedTest
    @EnumSource(names = {"PROCEDURE_NOT_FOUND", "BUSY", "NO_ROUTE"})
    void asksTheNextProviderWhenTheRequestHasNotRun(RpcError error) {
        var links = knownWithLinks(2);
        call(ONCE);
        answers(asked(links), failed(error));

        answers(asked(links), OK);

        assertThat(ended).containsExactly(OK);
        assertThat(links).allSatisfy(link -> assertThat(requests(link)).hasSize(1));
    }

    @Test
    void asksTheNextProviderWhenALinkIsLostAndTheCallMayRunTwice() {
        var links = knownWithLinks(2);
        call(IDEMPOTENT);
        answers(asked(links), failed(RpcError.GONE));

        answers(asked(links), OK);

        assertThat(ended).containsExactly(OK);
    }

    @Test
    void neverRunsACallTwiceThatMayHaveRunAndMayRunOnlyOnce() {
        var links = knownWithLinks(3);
        call(ONCE);

        answers(asked(links), failed(RpcError.GONE));

        endedWith(RpcError.GONE);
        assertThat(requests(links)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"HANDLER_FAILED,true", "HANDLER_FAILED,false", "TIMED_OUT,true",
        "TIMED_OUT,false", "INVALID,true", "INVALID,false"})
    void endsWithWhatTheProviderSaysWhenAnotherOneWouldSayNoElse(RpcError error,
            boolean idempotent) {
        var links = knownWithLinks(3);
        call(idempotent);

        answers(asked(links), failed(error));

        endedWith(error);
        assertThat(requests(links)).isEqualTo(1);
    }

    @Test
    void asksTheNextProviderWhenALinkIsFullOrWasClosedBeforeTheRequestWasSent() {
        var links = knownWithLinks(3);
        links.getFirst().setFull(true);
        links.get(1).isLost();

        call(ONCE);
        answers(links.getLast(), OK);

        assertThat(ended).containsExactly(OK);
    }

    @Test
    void saysBusyWhenEveryLinkIsFull() {
        var links = knownWithLinks(2);
        links.forEach(link -> link.setFull(true));

        call(ONCE);

        endedWith(RpcError.BUSY);
    }

    @Test
    void endsACallWhoseArgumentNoFrameCarries() {
        var links = knownWithLinks(2);
        links.forEach(link -> link.setPayloadBytesMax(20));

        call(IDEMPOTENT);

        endedWith(RpcError.INVALID);
        assertThat(links).allSatisfy(link -> assertThat(link.isClosed()).isFalse());
    }

    @Test
    void asksEachProviderTwiceAtMostWhenTheCallMayRunTwice() {
        var links = knownWithLinks(2);
        call(IDEMPOTENT);
        for (var times = 0; times < 4; times++) {
            assertThat(ended).isEmpty();
            answers(asked(links), failed(RpcError.GONE));
        }

        endedWith(RpcError.GONE);
        assertThat(links).allSatisfy(link -> assertThat(requests(link)).hasSize(2));
    }

    @Test
    void asksEightTimesAtMost() {
        var links = knownWithLinks(20);
        call(IDEMPOTENT);
        for (var times = 0; times < MeshCalls.ATTEMPTS_MAX; times++) {
            assertThat(ended).isEmpty();
            answers(asked(links), failed(RpcError.BUSY));
        }

        endedWith(RpcError.BUSY);
        assertThat(requests(links)).isEqualTo(MeshCalls.ATTEMPTS_MAX);
    }

    @Test
    void asksNobodyAfterTheDeadline() {
        var links = knownWithLinks(2);
        call(IDEMPOTENT, Choice.LEAST_LOADED, Duration.ofMillis(1).negated());

        assertThat(ended).hasSize(1);
        assertThat(requests(links)).isZero();
    }

    @Test
    void endsAtTheDeadlineWhenTheProviderIsSilent() {
        var links = knownWithLinks(2);
        call(IDEMPOTENT);

        rig.ledger().sweep(in(Duration.ofMinutes(6)));

        endedWith(RpcError.TIMED_OUT);
        assertThat(requests(links)).isEqualTo(1);
    }

    @Test
    void endsAtTheDeadlineWhenALookupTakesLonger() {
        call(IDEMPOTENT, Choice.LEAST_LOADED, Duration.ofMillis(50));

        eventually(() -> !ended.isEmpty());
        endedWith(RpcError.TIMED_OUT);
        rig.dht().finds(ADD, MeshRig.provider(1));

        assertThat(ended).as("exactly once").hasSize(1);
    }

    @Test
    void dialsAProviderToWhichNoWayLeadsAndAsksOverThatLink() {
        known(MeshRig.provider(1));
        call(ONCE);
        var parcel = onlyParcel();
        assertThat(rig.ledger().openCalls()).isEqualTo(1);

        var link = rig.neighbour(1);
        parcel.send(link);
        answers(link, OK);

        assertThat(ended).containsExactly(OK);
    }

    private Parcel onlyParcel() {
        var parcels = rig.dials()
                .stream()
                .filter(MeshLinks.Forward.class::isInstance)
                .map(MeshLinks.Forward.class::cast)
                .map(MeshLinks.Forward::parcel)
                .toList();
        assertThat(parcels).hasSize(1);
        return parcels.getFirst();
    }

    @Test
    void asksTheNextProviderWhenADialFails() {
        known(MeshRig.provider(1), MeshRig.provider(2));
        call(ONCE);
        onlyParcel().isLost();
        onlyParcel().isLost();

        endedWith(RpcError.NO_ROUTE);
    }

    @Test
    void endsACallAtItsDeadlineWhoseDialIsNeverHeardOfAgain() {
        known(MeshRig.provider(1));
        call(IDEMPOTENT);
        var parcel = onlyParcel();

        rig.ledger().sweep(in(Duration.ofMinutes(6)));
        endedWith(RpcError.TIMED_OUT);
        var late = rig.neighbour(1);
        parcel.send(late);

        assertThat(late.sent()).as("nobody waits for it any more").isEmpty();
        assertThat(ended).hasSize(1);
    }

    @Test
    void endsACallWhoseDialledLinkDiesUnderIt() {
        known(MeshRig.provider(1));
        call(ONCE);
        var parcel = onlyParcel();
        var link = rig.neighbour(1);
        link.isLost();

        assertThat(parcel.send(link)).isEqualTo(Passed.CLOSED);

        endedWith(RpcError.NO_ROUTE);
    }

    @Test
    void endsEveryCallOnceWhateverComesLater() {
        var link = knownWithLinks(1).getFirst();
        call(ONCE);
        answers(link, OK);

        var id = requests(link).getLast().requestId();
        assertThat(rig.ledger().settleVia(id, link, OK)).isFalse();
        rig.ledger().failVia(link, new CallOutcome.Failed(RpcError.GONE, "lost"));
        rig.ledger().sweep(Long.MAX_VALUE);

        assertThat(ended).hasSize(1);
    }

    @Test
    void saysBusyWhenThisNodeHasAsManyOpenCallsAsItMay() {
        var link = knownWithLinks(1).getFirst();
        for (var number = 0; number < 101; number++) {
            call(ONCE);
        }

        assertThat(requests(link)).hasSize(100);
        assertThat(ended).singleElement()
                .isInstanceOfSatisfying(CallOutcome.Failed.class,
                        failed -> assertThat(failed.error()).isEqualTo(RpcError.BUSY));
    }

    @Test
    void sharesCallsAmongProvidersByWhatIsUnderWayThere() {
        var links = knownWithLinks(4);

        for (var number = 0; number < 20; number++) {
            call(ONCE);
        }
        assertThat(links).allSatisfy(link -> assertThat(requests(link)).hasSize(5));
        var quick = links.get(2);
        List.copyOf(requests(quick))
                .forEach(request -> rig.ledger().settleVia(request.requestId(), quick, OK));
        for (var number = 0; number < 5; number++) {
            call(ONCE);
        }

        assertThat(requests(quick)).as("the only one with nothing to do").hasSize(10);
    }

    @Test
    void countsNothingAsUnderWayAfterCallsThatCouldNotBeSent() {
        var links = knownWithLinks(2);
        var full = links.getFirst();
        full.setFull(true);
        for (var number = 0; number < 10; number++) {
            call(ONCE);
        }
        requests(links.getLast()).forEach(request -> rig.ledger()
                .settleVia(request.requestId(), links.getLast(), OK));
        full.setFull(false);

        for (var number = 0; number < 10; number++) {
            call(ONCE);
        }

        assertThat(requests(full)).hasSize(5);
    }

    @Test
    void takesTurns() {
        var links = knownWithLinks(3);

        for (var number = 0; number < 9; number++) {
            call(ONCE, Choice.ROUND_ROBIN, Duration.ofMinutes(5));
        }

        assertThat(links).allSatisfy(link -> assertThat(requests(link)).hasSize(3));
    }

    @Test
    void asksTheClosest() {
        var links = knownWithLinks(3);
        links.getFirst().setRoundTrip(Duration.ofMillis(20));
        links.get(1).setRoundTrip(Duration.ofMillis(2));

        for (var number = 0; number < 5; number++) {
            call(ONCE, Choice.CLOSEST, Duration.ofMinutes(5));
        }

        assertThat(requests(links.get(1))).hasSize(5);
    }

    @Test
    void goesByAnotherWayWhenTheLinkIsInDoubt() {
        Link gateway = rig.gateway(7);
        var link = knownWithLinks(1).getFirst();
        link.setSuspect(true);

        call(ONCE);

        assertThat(((FakeLink) gateway).sent(RpcRoute.class)).hasSize(1);
        assertThat(link.sent()).isEmpty();
    }
}
