package io.macula.arcade;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.app.Payload;
import io.macula.app.workload.Workload;
import io.macula.arcade.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/// The whole workload on three nodes, as pages see it.
class ArcadeTest {

    private static final String ANN = "{\"do\":\"hello\",\"token\":\"aaaaaaaaaaaaaaaa\",\"name\":\"Ann\"}";
    private static final String BEN = "{\"do\":\"hello\",\"token\":\"bbbbbbbbbbbbbbbb\",\"name\":\"Ben\"}";
    private static final String JOIN = "{\"do\":\"join\"}";

    @Test
    void isFoundByItsInterface() {
        assertThat(ServiceLoader.load(Workload.class)).singleElement()
                .isInstanceOfSatisfying(Arcade.class, arcade -> {
                    assertThat(arcade.name()).matches("[a-z][a-z0-9-]{0,63}");
                    assertThat(arcade.isHealthy()).isTrue();
                });
    }

    @Test
    void playersOnDifferentNodesMeetAndGoOnPlayingWhenTheGamesNodeIsKilled() {
        try (var bench = new Bench("a", "b", "c")) {
            var ann = bench.node("a").opens().says(ANN).says(JOIN);
            await().until(() -> !ann.heard("queued").isEmpty());
            var ben = bench.node("b").opens().says(BEN).says(JOIN);

            await().until(() -> !ann.heard("frame").isEmpty() && !ben.heard("frame").isEmpty());
            var host = last(ann, "frame").text("host", 64);
            assertThat(ann.heard("match")).singleElement().asString().contains("Ann", "Ben");
            assertThat(last(ann, "match").number("seat", 0, 1))
                    .isNotEqualTo(last(ben, "match").number("seat", 0, 1));
            assertThat(host).as("neither player's node").isEqualTo("c");

            bench.kill(host);

            await().until(() -> last(ann, "frame").number("epoch", 0, 9) == 2
                    && last(ben, "frame").number("epoch", 0, 9) == 2);
            assertThat(ann.heard("lost")).isNotEmpty();
            assertThat(last(ann, "back").text("host", 64)).isNotEqualTo(host);

            ben.says("{\"do\":\"leave\"}");

            await().until(() -> !ann.heard("over").isEmpty());
            assertThat(last(ann, "over").text("reason", 9)).isEqualTo("LEFT");
            assertThat(last(ann, "over").number("winner", -1, 1))
                    .isEqualTo(last(ann, "over").number("seat", 0, 1));
        }
    }

    @Test
    void aLonePlayerIsOfferedTheBotAndSteersAgainstIt() {
        try (var bench = new Bench("a")) {
            var ann = bench.node("a").opens().says(ANN).says(JOIN);
            await().until(() -> !ann.heard("queued").isEmpty()
                    && last(ann, "queued").get("offer").equals(new Json.Bool(true)));

            ann.says("{\"do\":\"bot\"}");
            await().until(() -> !ann.heard("frame").isEmpty());
            ann.says("{\"do\":\"turn\",\"to\":\"up\"}");

            await().until(() -> last(ann, "frame").list("taken", 2, Json::write)
                    .equals(List.of("1", "0")));
            assertThat(last(ann, "match").get("bot")).isEqualTo(new Json.Bool(true));
        }
    }

    @Test
    void aPageThatComesBackGoesOnWithItsMatch() {
        try (var bench = new Bench("a", "b")) {
            var ann = bench.node("a").opens().says(ANN).says("{\"do\":\"bot\"}");
            await().until(() -> !ann.heard("frame").isEmpty());
            var match = last(ann, "match").text("match", 40);

            bench.node("a").crashLobby();
            await().until(ann::isClosed);
            await().until(bench.node("a")::hasDoor);
            var again = await().until(() -> bench.node("a").opens().says(ANN),
                    page -> !page.heard("welcome").isEmpty() || waited(page));

            await().until(() -> !again.heard("frame").isEmpty());
            assertThat(last(again, "match").text("match", 40)).isEqualTo(match);

            var elsewhere = bench.node("b").opens().says(ANN);

            await().until(() -> !elsewhere.heard("frame").isEmpty());
            assertThat(last(elsewhere, "match").text("match", 40)).isEqualTo(match);
        }
    }

    @Test
    void withoutAQuorumAPageIsToldAndPlaysAsSoonAsThereIsOne() {
        try (var bench = new Bench("a")) {
            bench.hasQuorum(false);
            var ann = bench.node("a").opens().says(ANN).says("{\"do\":\"bot\"}");
            await().until(() -> !ann.heard("notice").isEmpty());
            assertThat(last(ann, "notice").text("text", 99)).contains("cut off");

            bench.hasQuorum(true);

            await().until(() -> !ann.heard("frame").isEmpty());
        }
    }

    @Test
    void whatIsSaidOnTopicsByStrangersDoesNoHarm() {
        try (var bench = new Bench("a", "b")) {
            var ann = bench.node("a").opens().says(ANN).says("{\"do\":\"bot\"}");
            await().until(() -> !ann.heard("frame").isEmpty());
            var match = last(ann, "match").text("match", 40);
            for (var topic : List.of("arcade.node.a", "arcade.match." + match + ".state",
                    "arcade.match." + match + ".input", "arcade.match." + match + ".over",
                    "arcade.match." + match + ".other")) {
                for (var text : List.of("", "{", "null", "[]", "{\"match\":\"x\"}",
                        "{\"seat\":9,\"first\":1,\"ways\":\"U\"}",
                        "{\"match\":\"x\",\"epoch\":1,\"winner\":0,\"reason\":\"CRASH\"}",
                        "x".repeat(100_000))) {
                    bench.node("b").publish(topic, Payload.of(text));
                }
            }
            var frames = ann.heard("frame").size();

            await().until(() -> ann.heard("frame").size() > frames + 10);
            assertThat(ann.heard("over")).isEmpty();
        }
    }

    private static boolean waited(Bench.Page page) {
        Awaitility.await().pollDelay(Duration.ofMillis(50)).until(() -> true);
        return !page.heard("welcome").isEmpty();
    }

    private static ConditionFactory await() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20));
    }

    private static Json last(Bench.Page page, String say) {
        return switch (Json.decode(page.heard(say).getLast(), 10_000, Function.identity())) {
            case Json.Decoded.Read<Json>(var json) -> json;
            case Json.Decoded.Wrong<Json>(var why) -> throw new AssertionError(why);
        };
    }
}
