package io.macula.actors.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.state.ClusterStateChannel;
import io.macula.actors.state.SharedState;
import io.macula.actors.state.StateConfig;
import io.macula.actors.state.StateCounters;
import io.macula.actors.state.StateKeeper;
import io.macula.dht.NodeId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Shared state over the channel of a Cluster, whose other member is played by the test.
class ClusterStateChannelTest {

    private static final Random RANDOM = new Random(1);
    private static final NodeId SELF = NodeId.random(RANDOM);
    private static final NodeId OTHER = NodeId.random(RANDOM);

    private final ClusterChannel channel = new ClusterChannel(SELF, () -> 0);
    private final List<byte[]> wire = new ArrayList<>();
    private final SharedState shared = state(StateConfig.DEFAULT.replicator().cluster());

    private static SharedState state(long cluster) {
        var config = StateConfig.DEFAULT
                .withReplicator(StateConfig.DEFAULT.replicator().withCluster(cluster));
        return new SharedState(new SharedState.Parts(SELF, config, StateKeeper.forgetful(),
                new StateCounters(), Runnable::run));
    }

    @BeforeEach
    void start() {
        ClusterStateChannel.between(channel, shared);
    }

    private void comesInReach() {
        channel.opened(OTHER, 1, packet -> {
            if (packet instanceof Packet.Frame frame) {
                wire.add(frame.content());
            }
        });
        channel.changed();
    }

    private void says(byte[] frame) {
        channel.arrived(new Packet.Frame(OTHER, 1, 1, frame.length, frame));
    }

    /// As a member greets that shares the state of this name.
    private static byte[] greetingOf(long cluster) {
        var channel = new ClusterChannel(OTHER, () -> 0);
        var said = new ArrayList<byte[]>();
        ClusterStateChannel.between(channel, state(cluster));
        channel.opened(SELF, 1, packet -> said.add(((Packet.Frame) packet).content()));
        channel.changed();
        return said.getFirst();
    }

    @Test
    void aMemberThatComesInReachIsGreetedOnceAndIsAPeerWhenItGreets() {
        comesInReach();
        channel.changed();
        assertThat(wire).hasSize(1);
        assertThat(shared.reached()).isEmpty();

        says(greetingOf(StateConfig.DEFAULT.replicator().cluster()));

        assertThat(shared.reached()).containsExactly(OTHER);
    }

    @Test
    void aMemberThatSharesAnotherStateIsNoPeer() {
        comesInReach();

        says(greetingOf(99));

        assertThat(shared.reached()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c1", "c1000000", "c1ffffffffffffffff", "c10000000000000000ff"})
    void whatIsNoGreetingAndNoFrameIsPassedOver(String hex) {
        comesInReach();

        says(HexFormat.of().parseHex(hex));

        assertThat(shared.reached()).isEmpty();
    }

    @Test
    void whoSendsAFrameIsAPeerUntilItIsOutOfReach() {
        comesInReach();
        says(new byte[]{(byte) 0x96, 1});
        assertThat(shared.reached()).containsExactly(OTHER);

        channel.only(Set.of());
        channel.changed();

        assertThat(shared.reached()).isEmpty();
    }

    @Test
    void aMemberThatDoesNotAnswerIsGreetedAgainAfterTenLooks() {
        comesInReach();

        for (int look = 0; look < 30; look++) {
            shared.reached();
        }

        assertThat(wire).hasSize(4);
        assertThat(wire).allSatisfy(frame -> assertThat(frame).isEqualTo(wire.getFirst()));
    }
}
