package io.macula.actors.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.fake.FakeLink;
import io.macula.actors.mesh.MeshRig;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Ping;
import io.macula.actors.wire.StateSync;
import io.macula.crdt.replicator.ReplicatorConfig;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinkStateChannelTest {

    private static final Bytes CLUSTER = Bytes.of((byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0,
            (byte) 0, (byte) 1, (byte) 2);
    private static final StateSync GREETING = new StateSync(CLUSTER, null);
    private static final io.macula.crdt.Bytes FRAME = io.macula.crdt.Bytes.utf8("frame");

    private final MeshRig rig = new MeshRig();
    private final StateCounters counters = new StateCounters();
    private final SharedState shared = new SharedState(new SharedState.Parts(MeshRig.SELF,
            StateConfig.DEFAULT.withReplicator(ReplicatorConfig.DEFAULT.withCluster(0x0102)),
            StateKeeper.forgetful(), counters, Runnable::run));
    private final LinkStateChannel channel = new LinkStateChannel(rig.mesh(), shared);

    @Test
    void greetsANeighbourOnce() {
        var link = rig.neighbour(1);

        channel.linked(link);
        channel.peers();
        channel.peers();

        assertThat(link.sent()).containsExactly(GREETING);
    }

    @Test
    void greetsAgainWhenTheLinkWasFullOrNoAnswerCame() {
        var link = rig.neighbour(1);
        link.setFull(true);
        channel.linked(link);
        link.setFull(false);

        channel.peers();
        assertThat(link.sent()).containsExactly(GREETING);
        for (int i = 0; i < 10; i++) {
            channel.peers();
        }

        assertThat(link.sent()).containsExactly(GREETING, GREETING);
    }

    @Test
    void whoGreetsIsAPeerForAsLongAsThereIsALink() {
        var link = rig.neighbour(1);
        assertThat(channel.peers()).isEmpty();

        assertThat(channel.received(link, GREETING)).isTrue();

        assertThat(channel.peers()).containsExactly(link.peer());
        assertThat(channel.send(link.peer(), FRAME)).isEqualTo(StateChannel.Sent.QUEUED);
        assertThat(link.sent()).endsWith(
                new StateSync(CLUSTER, Bytes.utf8("frame")));
        assertThat(channel.send(MeshRig.SELF, FRAME)).isEqualTo(StateChannel.Sent.CLOSED);
    }

    @Test
    void saysThatALinkIsFull() {
        var link = rig.neighbour(1);
        link.setFull(true);

        assertThat(channel.send(link.peer(), FRAME)).isEqualTo(StateChannel.Sent.FULL);
    }

    @Test
    void keepsApartFromOtherClustersAndFromPeersThatListenNowhere() {
        var link = rig.neighbour(1);
        channel.received(link, GREETING);
        channel.received(link, new StateSync(Bytes.utf8("another!"), null));
        var silent = new FakeLink(link.peer());

        assertThat(channel.received(silent, GREETING)).isTrue();

        assertThat(channel.peers()).isEmpty();
    }

    @Test
    void leavesOtherFramesAlone() {
        assertThat(channel.received(rig.neighbour(1), new Ping(1))).isFalse();
    }

    @Test
    void passesFramesOnUnlessTheyAreTooLong() {
        var link = rig.neighbour(1);

        channel.received(link,
                new StateSync(CLUSTER, Bytes.of(new byte[StateChannel.FRAME_BYTES_MAX + 1])));
        assertThat(counters.snapshot().refused()).as("it got no further").isZero();
        channel.received(link,
                new StateSync(CLUSTER, Bytes.of(new byte[StateChannel.FRAME_BYTES_MAX])));

        assertThat(counters.snapshot().refused()).as("nobody was there to take it").isOne();
        assertThat(channel.peers()).isEqualTo(Set.of(link.peer()));
    }
}
