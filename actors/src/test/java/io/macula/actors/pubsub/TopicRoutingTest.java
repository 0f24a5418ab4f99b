package io.macula.actors.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.pubsub.TopicRouting.Subscribed;
import io.macula.actors.wire.TopicPattern;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicRoutingTest {

    private final TopicRouting<String> routing = new TopicRouting<>(3);

    private List<String> wanting(String topic) {
        var found = new ArrayList<String>();
        routing.match(topic, found::add);
        return found;
    }

    private static String codeOf(Subscribed subscribed) {
        return ((Subscribed.Refused) subscribed).code();
    }

    @Test
    void namesASubscriberOnceHoweverManyPatternsMatch() {
        routing.subscribe("anna", List.of("sensor.*", "sensor.temp", "**"));
        routing.subscribe("bert", List.of("lamp"));

        assertThat(wanting("sensor.temp")).containsExactly("anna");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sensor..temp", ".", "sen*or", "sensor.te mp", "*."})
    void takesAllPatternsOrNone(String wrong) {
        var subscribed = routing.subscribe("anna", List.of("sensor.temp", wrong));

        assertThat(codeOf(subscribed)).isEqualTo("invalid_topic");
        assertThat(wanting("sensor.temp")).isEmpty();
        assertThat(routing.subscribers()).isZero();
    }

    @Test
    void takesNoneWhenTheyAreTooMany() {
        routing.subscribe("anna", List.of("a", "b"));

        assertThat(codeOf(routing.subscribe("anna", List.of("c", "d"))))
                .isEqualTo("limit_reached");
        assertThat(wanting("c")).isEmpty();
        assertThat(routing.subscribe("anna", List.of("a", "b", "c", "c")))
                .isEqualTo(new Subscribed.Done());
    }

    @Test
    void forgetsWhatASubscriberDoesNotWantAnyMore() {
        routing.subscribe("anna", List.of("a", "b"));

        routing.unsubscribe("anna", List.of("a", "never wanted", "wrong..pattern"));
        routing.unsubscribe("nobody", List.of("a"));

        assertThat(wanting("a")).isEmpty();
        assertThat(routing.patternsOf("anna"))
                .containsExactly(TopicPattern.of("b").orElseThrow());
        routing.unsubscribe("anna", List.of("b"));
        assertThat(routing.subscribers()).isZero();
    }

    @Test
    void forgetsASubscriberThatLeft() {
        routing.subscribe("anna", List.of("a", "*"));
        routing.subscribe("bert", List.of("a"));

        routing.left("anna");
        routing.left("anna");

        assertThat(wanting("a")).containsExactly("bert");
        assertThat(routing.patternsOf("anna")).isEmpty();
    }
}
