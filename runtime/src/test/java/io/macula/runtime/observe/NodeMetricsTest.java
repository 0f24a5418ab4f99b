package io.macula.runtime.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.macula.app.Payload;
import io.macula.app.Rpc.Outcome;
import io.macula.app.Topics.Published;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class NodeMetricsTest {

    private final AtomicLong clock = new AtomicLong();
    private final Traffic traffic = new Traffic();
    private final NodeMetrics metrics = new NodeMetrics(traffic, clock::get);

    private void seconds(int seconds) {
        for (var i = 0; i < seconds; i++) {
            clock.addAndGet(1_000_000_000);
            metrics.tick();
        }
    }

    private void publish(String topic, int times) {
        for (var i = 0; i < times; i++) {
            traffic.published(topic, new Published.Sent(), 20_000);
        }
    }

    @Test
    void anIdleNodeDoesNothing() {
        seconds(3);

        var snapshot = metrics.snapshot();
        assertThat(snapshot.published().perSecond()).isZero();
        assertThat(snapshot.errorRatio()).isZero();
        assertThat(snapshot.topTopics()).isEmpty();
        assertThat(snapshot.called().latency().p99()).isEqualTo(Duration.ZERO);
    }

    @Test
    void aRateIsThatOfTheLastSeconds() {
        publish("old", 1_000_000);
        seconds(20);
        publish("new", 500);
        seconds(5);

        var published = metrics.snapshot().published();
        assertThat(published.total()).isEqualTo(1_000_500);
        assertThat(published.perSecond()).isCloseTo(50, within(0.01));
        assertThat(metrics.snapshot().window()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aRateIsTrueBeforeTheWindowIsFull() {
        publish("early", 100);
        seconds(2);

        assertThat(metrics.snapshot().published().perSecond()).isCloseTo(50, within(0.01));
    }

    @Test
    void whatFailedIsCountedAsAShareOfAll() {
        publish("t", 70);
        traffic.published("t", new Published.Busy("full"), 1);
        traffic.handled("t", true, 1);
        traffic.called("p", new Outcome.TimedOut("late"), 1);
        for (var i = 0; i < 27; i++) {
            traffic.called("p", new Outcome.Ok(Payload.EMPTY), 1);
        }
        seconds(1);

        assertThat(metrics.snapshot().errorRatio()).isCloseTo(0.03, within(1e-9));
        assertThat(metrics.snapshot().called().failed()).isEqualTo(1);
    }

    @Test
    void percentilesAreThoseOfTheWindow() {
        traffic.served("slow", true, Duration.ofSeconds(5).toNanos());
        seconds(11);
        for (var i = 0; i < 100; i++) {
            traffic.served("fast", true, 40_000);
        }
        seconds(1);

        var latency = metrics.snapshot().served().latency();
        assertThat(latency.p99()).isLessThanOrEqualTo(Duration.ofNanos(50_000));
        assertThat(latency.p50()).isLessThanOrEqualTo(latency.p95());
    }

    @Test
    void theBusiestTopicsComeFirst() {
        for (var i = 0; i < 30; i++) {
            publish("topic." + i, i);
        }
        seconds(1);

        var top = metrics.snapshot().topTopics();
        assertThat(top).hasSize(NodeMetrics.TOP_MAX);
        assertThat(top.getFirst()).isEqualTo(new NodeMetrics.Top("topic.29", 29, 29));
    }

    @Test
    void topicsWithoutEndTakeNoRoomWithoutEnd() {
        for (var i = 0; i < 10 * Traffic.TOPICS_MAX; i++) {
            publish("topic." + i, 1);
        }

        assertThat(traffic.topics().all()).hasSize(Traffic.TOPICS_MAX + 1);
        assertThat(traffic.topics().of(Traffic.OTHERS).messages())
                .isEqualTo(9L * Traffic.TOPICS_MAX);
    }

    @Test
    void topicsThatFellSilentMakeRoom() {
        for (var i = 0; i < 2 * Traffic.TOPICS_MAX; i++) {
            publish("topic." + i, 1);
        }
        seconds(12);
        publish("late", 500);
        seconds(1);

        assertThat(metrics.snapshot().topTopics().getFirst().name()).isEqualTo("late");
        assertThat(metrics.snapshot().published().total())
                .isEqualTo(2L * Traffic.TOPICS_MAX + 500);
    }
}
