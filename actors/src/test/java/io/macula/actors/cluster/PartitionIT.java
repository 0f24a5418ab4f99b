package io.macula.actors.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.macula.actors.cluster.ClusterChannel.Sent;
import io.macula.actors.cluster.ClusterView.State;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Three members, and a network between them that breaks.
class PartitionIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// How often the member is cut off; more in the long form.
    private static final int TIMES = Integer.getInteger("macula.cluster.partitions", 2);

    @AutoClose final Seats seats = new Seats(3);

    /// More often in a minute than its supervisor would restart it.
    @Test
    void aMinorityIsDownedAndComesBackAgainAndAgainWithoutARestart() {
        await().atMost(PATIENCE).until(seats::isWhole);
        var lonely = seats.all.getFirst();
        var others = seats.all.subList(1, 3);

        for (var time = 1; time <= TIMES; time++) {
            var downed = time;
            seats.cut(lonely);
            await().atMost(PATIENCE).until(() -> lonely.view().downed() == downed);
            await().atMost(PATIENCE).until(() -> lonely.view().state() == State.SEEKING);
            await().atMost(PATIENCE)
                    .until(() -> others.stream().allMatch(each -> each.sees(others)));
            assertThat(lonely.seat.channel().reachable()).isEmpty();
            assertThat(others.getFirst().seat.channel().send(lonely.key.id(), new byte[1]))
                    .isEqualTo(Sent.CLOSED);

            seats.heal(lonely);
            await().atMost(PATIENCE).until(seats::isWhole);
        }

        assertThat(lonely.generation()).isEqualTo(1);
        assertThat(lonely.view().incarnation()).isEqualTo(TIMES + 1);
        assertThat(lonely.seat.channel().reachable())
                .isEqualTo(Set.of(others.getFirst().key.id(), others.getLast().key.id()));
    }
}
