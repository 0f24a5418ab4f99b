package io.macula.actors.flow;

import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.StreamClass;
import io.macula.actors.link.fake.FakeLink;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.Subscribe;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PeerInboxTest {

    private static final Message SMALL = Subscribe.of(List.of("a"), 0);
    private static final int BYTES_MAX = (int) PeerInbox.BYTES_MAX;

    private final FakeLink link = new FakeLink(node(1));
    private final PeerInbox inbox = new PeerInbox(8);

    @Test
    void hasRoomForSoMany() {
        fill(8);

        assertThat(inbox.enter(SMALL)).isFalse();
        assertThat(inbox.waiting()).isEqualTo(8);

        inbox.leave(SMALL);
        assertThat(inbox.enter(SMALL)).isTrue();
    }

    @Test
    void hasRoomForSoManyBytes() {
        var half = carrying(BYTES_MAX / 2);

        assertThat(inbox.enter(half)).isTrue();
        assertThat(inbox.enter(half)).isTrue();
        assertThat(inbox.enter(carrying(400))).isFalse();
        assertThat(inbox.enter(SMALL)).as("carries nothing").isTrue();
        assertThat(inbox.waiting()).isEqualTo(3);

        inbox.leave(half);
        assertThat(inbox.enter(carrying(400))).isTrue();
    }

    @Test
    void takesASingleOneThatIsLargerThanItsRoom() {
        var whole = carrying(BYTES_MAX + 400);

        assertThat(inbox.enter(whole)).isTrue();
        assertThat(inbox.enter(carrying(400))).isFalse();

        inbox.clear();
        inbox.leave(whole);
        assertThat(inbox.enter(carrying(400))).isTrue();
    }

    @Test
    void holdsUpWhoeverComesPastHalfOfItUntilAQuarterIsLeft() {
        var other = new FakeLink(node(2));
        for (var number = 1; number <= 4; number++) {
            inbox.enter(link, publish());
            assertThat(link.paused()).as("with " + number).isEmpty();
        }
        inbox.enter(link, publish());
        assertThat(link.paused()).containsExactly(StreamClass.PUBLISH);
        assertThat(other.paused()).as("has sent nothing").isEmpty();
        assertThat(inbox.enter(other, publish())).as("was under way").isTrue();
        assertThat(other.paused()).containsExactly(StreamClass.PUBLISH);

        for (var left = 5; left > 2; left--) {
            inbox.leave(publish());
            assertThat(link.paused()).as("with " + left).isNotEmpty();
        }
        inbox.leave(publish());

        assertThat(link.paused()).isEmpty();
        assertThat(other.paused()).isEmpty();
    }

    @Test
    void holdsUpALinkWhoseMessagesCarryMuch() {
        var large = carrying(BYTES_MAX / 2 + 400);

        inbox.enter(link, large);
        assertThat(link.paused()).containsExactly(StreamClass.PUBLISH);

        inbox.leave(large);
        assertThat(link.paused()).isEmpty();
    }

    @Test
    void neverHoldsUpTheStreamThatSaysAPeerIsAlive() {
        for (var number = 0; number < 20; number++) {
            inbox.enter(link, SMALL);
        }

        assertThat(link.paused()).isEmpty();
        assertThat(inbox.waiting()).isEqualTo(8);
    }

    @Test
    void letsGoWhenItsReaderIsRestarted() {
        for (var number = 0; number < 8; number++) {
            inbox.enter(link, publish());
        }

        inbox.clear();

        assertThat(link.paused()).isEmpty();
        fill(8);
        assertThat(inbox.enter(SMALL)).isFalse();
    }

    /// One thread puts in as long as it is read, one takes out: whatever the order, nobody is forgotten.
    @Test
    void forgetsNobodyWhileOneFillsItAndOneEmptiesIt() throws Exception {
        var mailbox = new LinkedBlockingQueue<Message>();
        var count = 200_000;
        try (var reader = Executors.newSingleThreadExecutor()) {
            var read = reader.submit(() -> {
                for (var number = 0; number < count; number++) {
                    inbox.leave(mailbox.take());
                }
                return true;
            });
            for (var number = 0; number < count; number++) {
                while (!link.paused().isEmpty()) {
                    Thread.onSpinWait();
                }
                assertThat(inbox.enter(link, publish())).as("message %d", number).isTrue();
                mailbox.add(publish());
            }

            assertThat(read.get(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(link.paused()).isEmpty();
        assertThat(inbox.waiting()).isZero();
    }

    private void fill(int messages) {
        for (var number = 0; number < messages; number++) {
            assertThat(inbox.enter(SMALL)).isTrue();
        }
    }

    private static Publish publish() {
        return Publish.of("a", Bytes.EMPTY, 0, false, Bytes.EMPTY);
    }

    /// A message whose body has so many bytes.
    private static Message carrying(int bytes) {
        var bare = publish().bodyBytes();
        return Publish.of("a", Bytes.of(new byte[bytes - bare]), 0, false, Bytes.EMPTY);
    }
}
