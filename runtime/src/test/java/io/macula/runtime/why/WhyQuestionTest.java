package io.macula.runtime.why;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.wire.Bytes;
import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhyQuestionTest {

    private static final NodeId PLACE = NodeId.parse("1".repeat(40)).orElseThrow();
    private static final Matter MATTER = new Matter(Matter.Kind.TOPIC, "sensor.temp");

    private final Known known = new Known(List.of(
            new Standing(PLACE, "sensor.*", true, Optional.of(Duration.ofMillis(5)), ""),
            new Standing(PLACE, "**", false, Optional.empty(), "slow")), "sensors.temp");

    private CallOutcome answer(Bytes question) {
        return WhyQuestion.answer(question, asked -> {
            assertThat(asked).isEqualTo(MATTER);
            return known;
        });
    }

    @Test
    void anAnswerIsHeardAsItWasGiven() {
        assertThat(WhyQuestion.heard(answer(WhyQuestion.of(MATTER)), PLACE)).contains(known);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "[]", "{}", "{\"kind\":\"topic\"}",
        "{\"kind\":\"queue\",\"name\":\"a\"}", "{\"kind\":\"topic\",\"name\":\"a..b\"}",
        "{\"kind\":\"service\",\"name\":\"*\"}"})
    void whatIsNoQuestionIsRefused(String text) {
        assertThat(answer(Bytes.utf8(text))).isInstanceOf(CallOutcome.Failed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "[]", "1", "null"})
    void whatIsNoAnswerSaysNothing(String text) {
        assertThat(WhyQuestion.heard(new CallOutcome.Ok(Bytes.utf8(text)), PLACE)).isEmpty();
    }

    @Test
    void anAnswerOfNonsenseIsHeardWithoutHarm() {
        var nonsense = "{\"standings\":[1,null,{\"what\":\"\\u001b[2J\",\"ready\":\"x\",\"ago_ms\":-5}"
                + "],\"similar\":[]}";

        var heard = WhyQuestion.heard(new CallOutcome.Ok(Bytes.utf8(nonsense)), PLACE)
                .orElseThrow();

        assertThat(heard.similar()).isEmpty();
        assertThat(heard.standings()).hasSize(3).allMatch(each -> each.lastUsed().isEmpty());
        assertThat(heard.standings().getLast().what()).isEqualTo("?[2J");
    }

    @Test
    void anAnswerWithoutEndIsHeardUpToAPoint() {
        var many = "{\"standings\":[" + "{\"what\":\"a\"},".repeat(10_000) + "{}]}";

        assertThat(WhyQuestion.heard(new CallOutcome.Ok(Bytes.utf8(many)), PLACE)
                .orElseThrow()
                .standings()).hasSizeLessThanOrEqualTo(100);
    }
}
