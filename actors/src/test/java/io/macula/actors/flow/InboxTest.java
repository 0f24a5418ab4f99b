package io.macula.actors.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InboxTest {

    private final Inbox inbox = new Inbox(2);

    @Test
    void hasRoomForSoMany() {
        assertThat(inbox.enter()).isTrue();
        assertThat(inbox.enter()).isTrue();
        assertThat(inbox.enter()).isFalse();
        assertThat(inbox.waiting()).isEqualTo(2);
    }

    @Test
    void hasRoomAgainWhenOneWasRead() {
        inbox.enter();
        inbox.enter();
        inbox.leave();

        assertThat(inbox.enter()).isTrue();
    }

    @Test
    void hasAllItsRoomAfterARestartOfItsReader() {
        inbox.enter();
        inbox.enter();
        inbox.clear();
        inbox.leave();

        assertThat(inbox.enter()).isTrue();
        assertThat(inbox.enter()).isTrue();
        assertThat(inbox.enter()).isFalse();
    }
}
