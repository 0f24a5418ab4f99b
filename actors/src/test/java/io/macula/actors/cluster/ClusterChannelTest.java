package io.macula.actors.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macula.actors.cluster.ClusterChannel.Sent;
import io.macula.dht.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClusterChannelTest {

    private static final Random RANDOM = new Random(1);
    private static final NodeId SELF = NodeId.random(RANDOM);
    private static final NodeId OTHER = NodeId.random(RANDOM);
    private static final byte[] FRAME = {1, 2, 3};

    private final AtomicLong nanos = new AtomicLong();
    private final ClusterChannel channel = new ClusterChannel(SELF, nanos::get);
    private final List<Packet> wire = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();

    private void open(long session) {
        channel.opened(OTHER, session, wire::add);
    }

    private final class Listener implements ClusterChannel.Listener {

        @Override
        public void received(NodeId from, byte[] frame) {
            heard.add("frame of " + frame.length);
        }

        @Override
        public void writable(NodeId to) {
            heard.add("writable");
        }

        @Override
        public void reachableAre(Set<NodeId> members) {
            heard.add("reachable " + members.size());
        }
    }

    private int fill() {
        var sent = 0;
        while (channel.send(OTHER, FRAME) == Sent.QUEUED) {
            sent++;
        }
        return sent;
    }

    @Test
    void isClosedToWhoeverIsNotInReach() {
        assertThat(channel.send(OTHER, FRAME)).isEqualTo(Sent.CLOSED);

        open(1);
        channel.only(Set.of());

        assertThat(channel.send(OTHER, FRAME)).isEqualTo(Sent.CLOSED);
        assertThat(channel.reachable()).isEmpty();
    }

    @Test
    void countsWhatIsOnItsWayAndIsFullThen() {
        open(1);

        var sent = fill();

        assertThat(sent).isEqualTo(SendWindow.FRAMES_MAX);
        assertThat(wire).hasSize(sent);
        assertThat(channel.send(OTHER, FRAME)).isEqualTo(Sent.FULL);
    }

    @Test
    void oneFullMemberKeepsNobodyElseWaiting() {
        var third = NodeId.random(RANDOM);
        open(1);
        channel.opened(third, 1, wire::add);
        fill();

        assertThat(channel.send(third, FRAME)).isEqualTo(Sent.QUEUED);
    }

    @Test
    void refusesAFrameThatIsTooLong() {
        open(1);

        assertThatThrownBy(() -> channel.send(OTHER, new byte[ClusterChannel.FRAME_BYTES_MAX + 1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65536");
        assertThat(channel.send(OTHER, new byte[ClusterChannel.FRAME_BYTES_MAX]))
                .isEqualTo(Sent.QUEUED);
    }

    @Test
    void tellsWhenAFullMemberTakesFramesAgain() {
        open(7);
        channel.listen(new Listener());
        var sent = fill();
        heard.clear();

        channel.seen(new Packet.Seen(OTHER, 8, sent, 3L * sent));
        assertThat(heard).as("of another session").isEmpty();
        channel.seen(new Packet.Seen(OTHER, 7, sent, 3L * sent));

        assertThat(heard).containsExactly("writable");
        assertThat(channel.send(OTHER, FRAME)).isEqualTo(Sent.QUEUED);
    }

    @Test
    void doesNotLockUpWhenFramesAndAnswersAreLost() {
        open(1);
        channel.listen(new Listener());
        fill();
        heard.clear();

        channel.ticked();
        assertThat(heard).isEmpty();
        nanos.addAndGet(SendWindow.STALL_NANOS);
        channel.ticked();

        assertThat(heard).containsExactly("writable");
        assertThat(fill()).isEqualTo(SendWindow.FRAMES_MAX);
    }

    @Test
    void theNextIncarnationOfAMemberBeginsWithAnEmptyWindow() {
        open(1);
        fill();

        open(1);
        assertThat(channel.send(OTHER, FRAME)).isEqualTo(Sent.FULL);
        open(2);

        assertThat(channel.send(OTHER, FRAME)).isEqualTo(Sent.QUEUED);
    }

    @Test
    void handsOnWhatComesInAndWhoIsInReach() {
        open(1);
        channel.listen(new Listener());

        channel.arrived(new Packet.Frame(OTHER, 1, 1, 3, FRAME));
        channel.only(Set.of());
        channel.changed();

        assertThat(heard).containsExactly("reachable 1", "frame of 3", "reachable 0");
    }

    @Test
    void aListenerThatFailsHarmsNobody() {
        channel.listen((_, _) -> {
            throw new IllegalStateException("on purpose");
        });

        channel.arrived(new Packet.Frame(OTHER, 1, 1, 3, FRAME));
        channel.listen(new Listener());
        channel.arrived(new Packet.Frame(OTHER, 1, 1, 3, FRAME));

        assertThat(heard).contains("frame of 3");
    }

    @Test
    void framesWithAMarkAreHeardByThoseWhoListenForItAndByNobodyElse() {
        var marked = new ArrayList<Integer>();
        channel.listen(new Listener());
        channel.listen((byte) '{', (_, frame) -> marked.add(frame.length));
        heard.clear();

        channel.arrived(new Packet.Frame(OTHER, 1, 1, 2, new byte[]{'{', '}'}));
        channel.arrived(new Packet.Frame(OTHER, 1, 2, 5, FRAME));
        channel.arrived(new Packet.Frame(OTHER, 1, 3, 5, new byte[0]));
        channel.changed();

        assertThat(marked).containsExactly(2);
        assertThat(heard).containsExactly("frame of 3", "frame of 0", "reachable 0");
    }
}
