package io.macula.actors.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.dht.Provider;
import io.macula.actors.dht.RealmKey;
import io.macula.actors.dht.ToldDiscovery;
import io.macula.actors.link.fake.FakeLink;
import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.rpc.RpcError;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.RpcRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/// Calls of one procedure through a mesh that only the test moves.
abstract class MeshCallsSetting {

    static final RealmKey ADD = RealmKey.procedure(ToldDiscovery.REALM, "add");
    static final CallOutcome OK = new CallOutcome.Ok(Bytes.utf8("8"));
    static final boolean IDEMPOTENT = true;
    static final boolean ONCE = false;

    final MeshRig rig = new MeshRig();
    final MeshCalls calls = rig.calls();
    final List<CallOutcome> ended = new CopyOnWriteArrayList<>();

    static long in(Duration time) {
        return System.nanoTime() + time.toNanos();
    }

    void call(boolean idempotent) {
        call(idempotent, Choice.LEAST_LOADED, Duration.ofMinutes(5));
    }

    void call(boolean idempotent, Choice choice, Duration deadline) {
        calls.call(new MeshCalls.Call("add", Bytes.utf8("[3,5]"), in(deadline), idempotent,
                choice), ended::add);
    }

    void known(Provider... providers) {
        rig.dht().knows(ADD, providers);
    }

    /// Providers 1 to `count`, each with a link.
    List<FakeLink> knownWithLinks(int count) {
        var links = IntStream.rangeClosed(1, count)
                .mapToObj(number -> rig.neighbour(number))
                .toList();
        known(IntStream.rangeClosed(1, count)
                .mapToObj(number -> MeshRig.provider(number))
                .toArray(Provider[]::new));
        return links;
    }

    static List<RpcRequest> requests(FakeLink link) {
        return link.sent(RpcRequest.class);
    }

    static int requests(List<FakeLink> links) {
        return links.stream().mapToInt(link -> requests(link).size()).sum();
    }

    /// The link over which the newest request went out that is not answered yet.
    FakeLink asked(List<FakeLink> links) {
        return links.stream()
                .filter(link -> !requests(link).isEmpty() && isOpen(link))
                .findFirst()
                .orElseThrow();
    }

    final List<Bytes> answered = new ArrayList<>();

    boolean isOpen(FakeLink link) {
        return !answered.contains(requests(link).getLast().requestId());
    }

    void answers(FakeLink link, CallOutcome outcome) {
        var id = requests(link).getLast().requestId();
        answered.add(id);
        assertThat(rig.ledger().settleVia(id, link, outcome)).isTrue();
    }

    static CallOutcome failed(RpcError error) {
        return new CallOutcome.Failed(error, "said in a test");
    }

    void endedWith(RpcError error) {
        assertThat(ended).singleElement()
                .isInstanceOfSatisfying(CallOutcome.Failed.class,
                        failed -> assertThat(failed.error()).isEqualTo(error));
        assertThat(rig.ledger().openCalls()).isZero();
    }

    Parcel onlyParcel() {
        var parcels = rig.dials()
                .stream()
                .filter(MeshLinks.Forward.class::isInstance)
                .map(MeshLinks.Forward.class::cast)
                .map(MeshLinks.Forward::parcel)
                .toList();
        assertThat(parcels).hasSize(1);
        return parcels.getFirst();
    }
}
