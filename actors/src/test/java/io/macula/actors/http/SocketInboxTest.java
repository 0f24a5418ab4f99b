package io.macula.actors.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class SocketInboxTest {

    private static final OpenSocket SOCKET = new OpenSocket() {

        @Override
        public String id() {
            return "one";
        }

        @Override
        public Map<String, String> query() {
            return Map.of();
        }

        @Override
        public boolean send(String text) {
            return false;
        }

        @Override
        public void close() {}
    };

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final Told told = new Told();
    private final SocketInbox inbox = new SocketInbox(SOCKET, told, tasks::add, 4, 100,
            failures::add);

    private void runAll() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    @Test
    void tellsInOrderAndInOneTaskAtATime() {
        inbox.opened();
        inbox.received("a", 1);
        inbox.received("b", 1);
        inbox.closed();

        assertThat(tasks).hasSize(1);
        runAll();
        assertThat(told.calls).containsExactly("opened", "a", "b", "closed");
    }

    @Test
    void tellsTheEndOnceAndNothingAfterIt() {
        inbox.opened();
        inbox.closed();
        inbox.closed();
        inbox.received("late", 4);
        inbox.dropped();
        runAll();

        assertThat(told.calls).containsExactly("opened", "closed");
    }

    @Test
    void tellsNothingOfAConnectionThatEndedBeforeItOpened() {
        inbox.closed();
        inbox.opened();
        inbox.received("a", 1);
        runAll();

        assertThat(told.calls).isEmpty();
    }

    @Test
    void leavesOutWhatWaitsWhenItIsDropped() {
        inbox.opened();
        inbox.received("a", 1);
        inbox.dropped();
        runAll();

        assertThat(told.calls).containsExactly("opened", "closed");
    }

    @Test
    void hasRoomForSoManyMessages() {
        for (var i = 0; i < 4; i++) {
            assertThat(inbox.received("m", 1)).isTrue();
        }
        assertThat(inbox.received("m", 1)).isFalse();

        runAll();
        assertThat(inbox.received("m", 1)).isTrue();
    }

    @Test
    void hasRoomForSoManyBytes() {
        assertThat(inbox.received("m", 60)).isTrue();
        assertThat(inbox.received("m", 41)).isFalse();
        assertThat(inbox.received("m", 40)).isTrue();

        runAll();
        assertThat(inbox.received("m", 100)).isTrue();
    }

    @Test
    void goesOnAfterAListenerThatThrows() {
        inbox.opened();
        inbox.received("throw", 5);
        inbox.received("b", 1);
        inbox.closed();
        runAll();

        assertThat(failures).singleElement().isInstanceOf(StackOverflowError.class);
        assertThat(told.calls).containsExactly("opened", "throw", "b", "closed");
    }
}
