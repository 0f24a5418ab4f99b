package io.macula.actors.mesh;

import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RelayedLatelyTest {

    private static final long MINUTE = RelayedLately.LATELY.toNanos();

    private final RelayedLately lately = new RelayedLately(2);

    @Test
    void showsANodeForAMinuteAfterTheLastTime() {
        lately.note(node(1), 0);
        lately.note(node(2), MINUTE / 2);

        assertThat(lately.at(MINUTE)).containsExactly(node(1), node(2));
        lately.note(node(1), MINUTE);
        assertThat(lately.at(2 * MINUTE - 1)).containsExactly(node(1));
        assertThat(lately.at(2 * MINUTE + 1)).isEmpty();
    }

    @Test
    void showsTheLatestWhenThereAreTooMany() {
        lately.note(node(1), 0);
        lately.note(node(2), 1);
        lately.note(node(1), 2);
        lately.note(node(3), 3);

        assertThat(lately.at(4)).containsExactly(node(1), node(3));
    }

    @Test
    void readsAClockThatOverflows() {
        lately.note(node(1), Long.MAX_VALUE);

        assertThat(lately.at(Long.MIN_VALUE + 5)).containsExactly(node(1));
    }
}
