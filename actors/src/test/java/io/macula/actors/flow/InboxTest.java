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

    @Test
    void hasRoomForSoManyBytes() {
        var large = Inbox.ofPeer(100);
        var half = (int) (Inbox.OF_PEER_BYTES_MAX / 2);

        assertThat(large.enter(half)).isTrue();
        assertThat(large.enter(half)).isTrue();
        assertThat(large.enter(1)).isFalse();
        assertThat(large.enter(0)).as("carries nothing").isTrue();
        assertThat(large.waiting()).isEqualTo(3);

        large.leave(half);
        assertThat(large.enter(1)).isTrue();
    }

    @Test
    void takesASingleOneThatIsLargerThanItsRoom() {
        var large = Inbox.ofPeer(100);
        var whole = (int) Inbox.OF_PEER_BYTES_MAX + 1;

        assertThat(large.enter(whole)).isTrue();
        assertThat(large.enter(1)).isFalse();

        large.clear();
        large.leave(whole);
        assertThat(large.enter(1)).isTrue();
    }
}
