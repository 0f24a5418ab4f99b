package io.macula.actors.mesh;

import static io.macula.actors.link.fake.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.dht.Provider;
import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.rpc.RpcError;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every call ends once, with what became of it.
class MeshCallsEndTest extends MeshCallsSetting {

    @Test
    void saysThatNobodyOffersTheProcedureWhenNobodyButItselfDoes() {
        call(ONCE);
        rig.dht().finds(ADD, new Provider(MeshRig.SELF, List.of(), List.of(), 0));

        endedWith(RpcError.PROCEDURE_NOT_FOUND);
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
}
