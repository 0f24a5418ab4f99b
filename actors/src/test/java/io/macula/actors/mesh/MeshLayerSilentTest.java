package io.macula.actors.mesh;

import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.Disconnected;
import io.macula.actors.link.Link;
import io.macula.actors.link.LinkListener;
import io.macula.actors.link.PeerAddress;
import io.macula.actors.link.StreamClass;
import io.macula.actors.link.fake.FakeLink;
import io.macula.actors.link.fake.FakeLinks;
import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.Ping;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.RpcRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What is left of a link that was given up because nothing was heard on it.
class MeshLayerSilentTest {

    private final FakeLinks below = new FakeLinks();
    private final MeshRig rig = new MeshRig();
    private final MeshLayer layer = new MeshLayer(below, rig.mesh(), rig.ledger(), new Nobody(),
            new Shut(), new SeenRequests(100, Duration.ofSeconds(10), () -> 0L));
    private final List<Parcel.Fate> fates = new ArrayList<>();

    private static final class Nobody implements MeshLayer.Arrivals {

        @Override
        public void published(Link from, Publish publish) {}

        @Override
        public void asked(RpcRequest request, Consumer<CallOutcome> answer) {}
    }

    private static final class Shut implements MeshLayer.Door {

        @Override
        public boolean received(Link from, Message frame) {
            return false;
        }

        @Override
        public void linked(Link link) {}
    }

    private static final class Owner implements LinkListener {

        @Override
        public void received(Link link, Message message) {}

        @Override
        public void writable(Link link, StreamClass stream) {}

        @Override
        public void closed(Link link, Disconnected reason) {}
    }

    private FakeLink dialled() {
        var _ = layer.dial(PeerAddress.parse("10.0.0.7:9443").orElseThrow(), new Owner());
        var dial = below.dials().getLast();
        var link = dial.link(node(7)).listeningAt("10.0.0.7:9443");
        dial.comesThrough(link);
        return link;
    }

    private void asks() {
        rig.mesh().straight(node(7), new Ping(1), fates::add);
    }

    @Test
    void nobodyWaitsForANodeThatFellSilentUntilItIsBack() {
        dialled().close(new Disconnected("silent", "nothing was heard"));
        asks();
        assertThat(fates).containsExactly(Parcel.Fate.NO_WAY);

        dialled();
        asks();

        assertThat(fates).containsExactly(Parcel.Fate.NO_WAY, Parcel.Fate.SENT);
    }

    @Test
    void aLinkThatWasLostIsDialledAgainForWhoeverAsks() {
        dialled().isLost();

        asks();

        assertThat(fates).isEmpty();
        assertThat(rig.dials()).hasAtLeastOneElementOfType(MeshLinks.Forward.class);
    }
}
