package io.macula.actors.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.local.Confirmation;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Reply;
import io.macula.actors.wire.Value;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnnouncementsTest {

    private final Announcements announcements = new Announcements(3);

    private static Bytes id(int number) {
        return Bytes.utf8("request-" + number);
    }

    private static Reply yes(int number) {
        return Reply.result(id(number), Value.Nil.NIL);
    }

    @Test
    void namesWhatIsToBeToldInOrderAndInPortions() {
        announcements.restart(List.of("a", "b", "c"));

        assertThat(announcements.next(2, 100)).containsExactly("a", "b");
        announcements.told(List.of("a", "b"));
        assertThat(announcements.next(2, 100)).containsExactly("c");
        announcements.told(id(1), List.of("c"));
        assertThat(announcements.next(2, 100)).isEmpty();
    }

    @Test
    void endsAPortionAfterSoManyCharactersButNeverWithNothing() {
        announcements.restart(List.of("x".repeat(500), "b"));

        assertThat(announcements.next(10, 100)).hasSize(1);
    }

    @Test
    void takesNoMoreNamesThanItMayButOnesItHasAgain() {
        announcements.restart(List.of("a", "b", "c"));

        assertThat(announcements.add(List.of("a", "b"))).isTrue();
        assertThat(announcements.add(List.of("d"))).isFalse();
        assertThat(announcements.next(10, 100)).containsExactly("a", "b", "c");
    }

    @Test
    void knowsWhichNamesAnAnswerIsAbout() {
        announcements.told(id(1), List.of("a", "b"));

        assertThat(announcements.answered(yes(1))).contains(
                new Announcements.Answered(List.of("a", "b"), new Confirmation.Known()));
        assertThat(announcements.answered(yes(1))).isEmpty();
        assertThat(announcements.answered(yes(2))).isEmpty();
    }

    @Test
    void readsARefusalWithAndWithoutASentence() {
        announcements.told(id(1), List.of("a"));
        announcements.told(id(2), List.of("b"));

        assertThat(announcements.answered(Reply.error(id(1), "limit_reached", "too many")))
                .get()
                .extracting(Announcements.Answered::confirmation)
                .isEqualTo(new Confirmation.Refused("limit_reached", "too many"));
        assertThat(announcements.answered(
                new Reply(id(2), null, new Reply.Failure("busy", null))))
                .get()
                .extracting(Announcements.Answered::confirmation)
                .isEqualTo(new Confirmation.Refused("busy", "busy"));
    }

    @Test
    void forgetsTheOldestOfTooManyUnansweredRequests() {
        IntStream.range(0, 4).forEach(number -> announcements.told(id(number), List.of("a")));

        assertThat(announcements.answered(yes(0))).isEmpty();
        assertThat(announcements.answered(yes(1))).isPresent();
    }

    @Test
    void expectsNoAnswersOfAnOlderLink() {
        announcements.told(id(1), List.of("a"));

        announcements.restart(List.of("a"));

        assertThat(announcements.answered(yes(1))).isEmpty();
        assertThat(announcements.next(10, 100)).containsExactly("a");
    }
}
