package io.macula.coordination.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaderlessTest {

    private final Leaderless leaderless = new Leaderless(Duration.ofSeconds(2));

    private boolean look(boolean hasLeader, int second) {
        return leaderless.look(hasLeader, Duration.ofSeconds(second).toNanos());
    }

    /// The seconds at which connections are made anew, looking once a second.
    private List<Integer> without(int from, int until) {
        var seconds = new ArrayList<Integer>();
        for (int second = from; second <= until; second++) {
            if (look(false, second)) {
                seconds.add(second);
            }
        }
        return seconds;
    }

    @Test
    void connectionsAreMadeAnewEachTimeAfterTwiceAsLong() {
        assertThat(without(0, 130)).containsExactly(2, 6, 14, 30, 60, 90, 120);
    }

    @Test
    void aLeaderEndsThatAndTheNextTimeItBeginsSoonAgain() {
        without(0, 40);
        assertThat(look(true, 41)).isFalse();

        assertThat(without(42, 50)).containsExactly(44, 48);
    }

    @Test
    void nothingIsDoneWhileThereIsALeader() {
        for (int second = 0; second < 100; second++) {
            assertThat(look(true, second)).isFalse();
        }
    }
}
