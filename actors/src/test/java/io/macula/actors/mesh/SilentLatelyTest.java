package io.macula.actors.mesh;

import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SilentLatelyTest {

    private static final long LATELY = SilentLately.LATELY.toNanos();

    private final SilentLately silent = new SilentLately(2);

    @Test
    void forgetsANodeAfterAWhile() {
        silent.note(node(1), 0);

        assertThat(silent.has(node(1), LATELY)).isTrue();
        assertThat(silent.has(node(2), LATELY)).isFalse();
        assertThat(silent.has(node(1), LATELY + 1)).isFalse();
    }

    @Test
    void forgetsANodeThatIsBack() {
        silent.note(node(1), 0);
        silent.forget(node(1));

        assertThat(silent.has(node(1), 1)).isFalse();
    }

    @Test
    void knowsTheLatestWhenThereAreTooMany() {
        silent.note(node(1), 0);
        silent.note(node(2), 1);
        silent.note(node(1), 2);
        silent.note(node(3), 3);

        assertThat(silent.has(node(1), 4)).isTrue();
        assertThat(silent.has(node(2), 4)).isFalse();
        assertThat(silent.has(node(3), 4)).isTrue();
    }

    @Test
    void readsAClockThatOverflows() {
        silent.note(node(1), Long.MAX_VALUE);

        assertThat(silent.has(node(1), Long.MIN_VALUE + 5)).isTrue();
    }
}
