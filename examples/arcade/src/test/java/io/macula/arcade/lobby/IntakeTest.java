package io.macula.arcade.lobby;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.app.web.Socket;
import io.macula.arcade.game.Direction;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntakeTest {

    private final List<Intake.Arrival> arrived = new ArrayList<>();
    private final Intake intake = new Intake(arrived::add,
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    @Test
    void passesOnWhatItUnderstands() {
        var page = open("s1");

        intake.received(page, "{\"do\":\"turn\",\"to\":\"left\"}");
        intake.closed(page);

        assertThat(arrived).containsExactly(new Intake.Arrival.Opened(page),
                new Intake.Arrival.Said("s1", new PageMessage.Turn(Direction.LEFT)),
                new Intake.Arrival.Closed("s1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "{}", "[]", "1", "{\"do\":1}", "{\"do\":\"fly\"}",
        "{\"do\":\"turn\"}", "{\"do\":\"turn\",\"to\":\"sideways\"}", "{\"do\":\"hello\"}",
        "{\"do\":\"hello\",\"token\":\"short\",\"name\":\"x\"}",
        "{\"do\":\"hello\",\"token\":\"aaaaaaaaaaaaaaaa\",\"name\":\"1234567890123456789012345\"}",
        "{\"do\":\"hello\",\"token\":\"<script>alert(1)</script>\",\"name\":\"x\"}",
        "{\"do\":\"ping\",\"at\":-1}", "{\"do\":\"ping\",\"at\":1e9}", "[[[[[[[[[[[["})
    void answersNonsenseInOneSentenceAndTellsNobody(String text) {
        var page = open("s1");

        intake.received(page, text);

        assertThat(page.heard).singleElement()
                .asString()
                .startsWith("{\"say\":\"error\",\"text\":\"")
                .hasSizeLessThan(150);
        assertThat(arrived).hasSize(1);
        assertThat(page.isClosed).isFalse();
    }

    @Test
    void refusesWhatIsTooLong() {
        var page = open("s1");

        intake.received(page, " ".repeat(PageMessage.CHARS_MAX + 1));

        assertThat(page.heard).singleElement().asString().contains("allowed are 1024");
    }

    @Test
    void readsSoManyMessagesASecondAndSaysOnceThatItDoesNotReadMore() {
        var page = open("s1");

        for (var i = 0; i < 200; i++) {
            intake.received(page, "{\"do\":\"join\"}");
        }

        assertThat(arrived).hasSize(1 + Intake.PER_SECOND_MAX);
        assertThat(page.heard).singleElement().asString().contains("too many messages");
    }

    @Test
    void takesSoManyConnectionsAndNoMore() {
        for (var i = 0; i < Intake.CONNECTIONS_MAX; i++) {
            open("s" + i);
        }

        var more = open("more");
        intake.received(more, "{\"do\":\"join\"}");
        intake.closed(more);

        assertThat(more.isClosed).isTrue();
        assertThat(arrived).hasSize(Intake.CONNECTIONS_MAX);
    }

    @Test
    void aNameIsFreedOfWhatCannotBeSeen() {
        var page = open("s1");

        intake.received(page,
                "{\"do\":\"hello\",\"token\":\"aaaaaaaaaaaaaaaa\",\"name\":\" A\\u0000\\u202e nn \"}");
        intake.received(page,
                "{\"do\":\"hello\",\"token\":\"aaaaaaaaaaaaaaaa\",\"name\":\"\\u200b\"}");

        assertThat(arrived.subList(1, 3)).extracting(
                each -> ((PageMessage.Hello) ((Intake.Arrival.Said) each).message()).name())
                .containsExactly("A nn", "Player");
    }

    @Test
    void aPlayersIdTellsNothingOfTheSecretAndIsTheSameEachTime() {
        var page = open("s1");

        intake.received(page, "{\"do\":\"hello\",\"token\":\"aaaaaaaaaaaaaaaa\",\"name\":\"A\"}");
        intake.received(page, "{\"do\":\"hello\",\"token\":\"aaaaaaaaaaaaaaaa\",\"name\":\"A\"}");

        assertThat(arrived.get(1)).isEqualTo(arrived.get(2));
        assertThat(((PageMessage.Hello) ((Intake.Arrival.Said) arrived.get(1)).message()).player())
                .matches("[0-9a-f]{16}")
                .doesNotContain("aaaa");
    }

    private Page open(String id) {
        var page = new Page(id);
        intake.opened(page);
        return page;
    }

    private static final class Page implements Socket {
        private final String id;
        private final List<String> heard = new ArrayList<>();
        private boolean isClosed;

        Page(String id) {
            this.id = id;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public Map<String, String> query() {
            return Map.of();
        }

        @Override
        public boolean send(String text) {
            return heard.add(text);
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }
}
