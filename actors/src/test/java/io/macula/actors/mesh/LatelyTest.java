package io.macula.actors.mesh;

import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatelyTest {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Lately lately = new Lately(Duration.ofMinutes(1), 2);

    @Test
    void hasANodeForAWhileAfterTheLastTime() {
        lately.note(node(1), 0);
        lately.note(node(2), MINUTE / 2);

        assertThat(lately.at(MINUTE)).containsExactly(node(1), node(2));
        lately.note(node(1), MINUTE);
        assertThat(lately.has(node(1), 2 * MINUTE)).isTrue();
        assertThat(lately.has(node(2), 2 * MINUTE)).isFalse();
        assertThat(lately.at(2 * MINUTE - 1)).containsExactly(node(1));
        assertThat(lately.at(2 * MINUTE + 1)).isEmpty();
    }

    @Test
    void forgetsANodeWhenTold() {
        lately.note(node(1), 0);
        lately.forget(node(1));

        assertThat(lately.has(node(1), 1)).isFalse();
    }

    @Test
    void knowsTheLatestWhenThereAreTooMany() {
        lately.note(node(1), 0);
        lately.note(node(2), 1);
        lately.note(node(1), 2);
        lately.note(node(3), 3);

        assertThat(lately.at(4)).containsExactly(node(1), node(3));
        assertThat(lately.has(node(2), 4)).isFalse();
    }

    @Test
    void readsAClockThatOverflows() {
        lately.note(node(1), Long.MAX_VALUE);

        assertThat(lately.has(node(1), Long.MIN_VALUE + 5)).isTrue();
        assertThat(lately.at(Long.MIN_VALUE + 5)).containsExactly(node(1));
    }
}
