package io.macula.runtime.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.actors.http.OpenSocket;
import io.macula.runtime.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ViewerTest {

    private static final Instant NOW = Instant.ofEpochMilli(1_000);
    private static final String ADA = "a".repeat(40);
    private static final String BOB = "b".repeat(40);

    private final Picture picture = new Picture();
    private final Viewer viewer = new Viewer(new Deaf("facts,trees,nonsense"), Optional.empty());

    /// A stream that nobody reads.
    private record Deaf(String want) implements OpenSocket {

        @Override
        public String id() {
            return "deaf";
        }

        @Override
        public Map<String, String> query() {
            return Map.of("want", want);
        }

        @Override
        public boolean send(String text) {
            return false;
        }

        @Override
        public void close() {}
    }

    private static ObjectNode facts(String key, int value) {
        var answer = Json.object();
        answer.putObject("facts").putObject(key).put("v", value);
        return answer;
    }

    private String news() {
        return newsAt(NOW);
    }

    private String newsAt(Instant now) {
        return viewer.news(picture, now).map(Json::write).orElse("");
    }

    @Test
    void isToldWhatItWantsAndNoMore() {
        picture.areAbout(List.of(ADA), NOW);
        var answer = facts("uptime", 1);
        answer.putObject("dht").putObject("table").put("values", 1);
        picture.answered(ADA, answer, NOW);

        assertThat(viewer.wanted()).isEqualTo(Set.of(Section.FACTS, Section.TREES));
        assertThat(news()).isEqualTo("{\"t\":1000,\"nodes\":{\"" + ADA
                + "\":{\"silent\":false,\"facts\":{\"set\":{\"uptime\":{\"v\":1}}}}}}".replace(
                        "}}}}}}", "}}}}},\"gone\":[]}"));
    }

    @Test
    void isToldOnlyWhatIsNew() {
        picture.areAbout(List.of(ADA, BOB), NOW);
        picture.answered(ADA, facts("uptime", 1), NOW);
        picture.answered(BOB, facts("uptime", 1), NOW);
        news();

        assertThat(news()).isEmpty();
        picture.answered(BOB, facts("uptime", 2), NOW);
        assertThat(news()).contains(BOB, "{\"set\":{\"uptime\":{\"v\":2}}}").doesNotContain(ADA);
    }

    @Test
    void isToldThatANodeFallsSilentAndThatItIsBack() {
        picture.areAbout(List.of(ADA), NOW);
        picture.answered(ADA, facts("uptime", 1), NOW);
        news();

        picture.asked(ADA, NOW);
        picture.asked(ADA, NOW.plusSeconds(2));
        assertThat(newsAt(NOW.plus(Picture.OPEN_MAX).minusMillis(1)))
                .as("one question may be lost")
                .isEmpty();
        assertThat(newsAt(NOW.plus(Picture.OPEN_MAX))).contains("{\"silent\":true}");
        picture.answered(ADA, Json.object(), NOW.plusSeconds(4));
        assertThat(newsAt(NOW.plusSeconds(9))).contains("{\"silent\":false}");
    }

    @Test
    void isNotToldThatANodeIsSilentThatNobodyAsked() {
        picture.areAbout(List.of(ADA), NOW);
        picture.answered(ADA, facts("uptime", 1), NOW);
        news();

        picture.asked(ADA, NOW);
        picture.rests();

        assertThat(newsAt(NOW.plus(Picture.OPEN_MAX).plusSeconds(60))).isEmpty();
    }

    @Test
    void isToldWhenANodeIsForgotten() {
        picture.areAbout(List.of(ADA), NOW);
        news();

        picture.forgetLongSilent(NOW.plus(Picture.KEEP));
        assertThat(news()).isEmpty();
        picture.forgetLongSilent(NOW.plus(Picture.KEEP).plusMillis(1));
        assertThat(news()).contains("\"gone\":[\"" + ADA + "\"]");
    }

    @Test
    void asksForNothingThatIsKnown() {
        picture.areAbout(List.of(ADA), NOW);
        var wanted = Set.of(Section.FACTS);
        assertThat(picture.question(ADA, wanted).path("facts").asText()).isEmpty();

        picture.answered(ADA, facts("uptime", 1), NOW);

        assertThat(picture.question(ADA, wanted).path("facts").asText())
                .isEqualTo(Sheet.ofJson(facts("uptime", 1).path("facts")).tag());
    }

    @Test
    void keepsToItsBounds() {
        for (var i = 0; i < Picture.NODES_MAX + 10; i++) {
            picture.areAbout(List.of("%040d".formatted(i)), NOW);
        }
        picture.answered(ADA, facts("uptime", 1), NOW);

        assertThat(picture.ids()).hasSize(Picture.NODES_MAX).doesNotContain(ADA);
    }
}
