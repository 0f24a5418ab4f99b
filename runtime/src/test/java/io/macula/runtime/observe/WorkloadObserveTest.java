package io.macula.runtime.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macula.actors.trace.Tracing;
import io.macula.app.observe.Observe;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadObserveTest {

    private final Exposition exposition = new Exposition(new Traffic());
    private final AppMeters meters = new AppMeters(exposition::registry, Tracing.OFF);
    private final WorkloadObserve chat = meters.of("chat");

    @AfterEach
    void close() {
        exposition.close();
    }

    @Test
    void figuresStandBesideThoseOfTheNode() {
        chat.counter("messages").add(3);
        chat.gauge("rooms", () -> 7);
        chat.timer("reply").record(Duration.ofMillis(40));

        assertThat(exposition.text())
                .contains("app_chat_messages_total{workload=\"chat\"} 3.0")
                .contains("app_chat_rooms{workload=\"chat\"} 7.0")
                .contains("app_chat_reply_seconds_bucket{workload=\"chat\",le=\"0.05\"} 1")
                .contains("app_chat_reply_seconds_count{workload=\"chat\"} 1");
    }

    @Test
    void theSameNameIsTheSameFigure() {
        chat.counter("messages").increment();
        chat.counter("messages").increment();

        assertThat(exposition.text()).contains("app_chat_messages_total{workload=\"chat\"} 2.0");
    }

    @Test
    void nothingIsLeftOfAWorkloadThatHasEnded() {
        chat.counter("messages").increment();
        chat.gauge("rooms", () -> 7);
        chat.timer("reply").record(Duration.ofMillis(40));

        chat.close();

        assertThat(exposition.text()).doesNotContain("app_chat");
        assertThat(exposition.registry().getMeters())
                .noneMatch(meter -> meter.getId().getName().startsWith("app_"));
    }

    @Test
    void whoHasEndedShowsNothingMore() {
        chat.close();
        chat.counter("late").increment();

        assertThat(exposition.text()).doesNotContain("app_chat_late");
    }

    @Test
    void aFigureThatIsClosedMakesRoomForAnother() {
        chat.counter("things").close();
        chat.gauge("things", () -> 1);

        assertThat(exposition.text()).contains("app_chat_things{workload=\"chat\"} 1.0")
                .doesNotContain("app_chat_things_total");
    }

    @Test
    void twoWorkloadsNeverShareAName() {
        meters.of("a").counter("b_c").add(1);
        meters.of("a-b").counter("c").add(100);

        assertThat(exposition.text()).contains("app_a_b_c_total{workload=\"a\"} 1.0")
                .doesNotContain("workload=\"a-b\"");
        assertThat(meters.refused()).isEqualTo(1);
    }

    @Test
    void aNameHasOneKind() {
        chat.counter("things").increment();
        var gauge = chat.gauge("things", () -> 5);
        gauge.close();

        assertThat(exposition.text()).contains("app_chat_things_total{workload=\"chat\"} 1.0");
        assertThat(meters.refused()).isEqualTo(1);
    }

    @Test
    void theNextLifeTakesOverAndTheLastOneCannotTakeItAway() {
        chat.counter("messages").add(5);
        var next = meters.of("chat");
        next.counter("messages").add(1);

        chat.close();

        assertThat(exposition.text()).contains("app_chat_messages_total{workload=\"chat\"} 1.0");
    }

    @Test
    void theNumberOfFiguresIsBounded() {
        for (var i = 0; i < 3 * Observe.METERS_MAX; i++) {
            chat.counter("c" + i).increment();
        }

        assertThat(exposition.text().lines().filter(line -> line.startsWith("app_chat_")))
                .hasSize(Observe.METERS_MAX);
        assertThat(meters.refused()).isEqualTo(2L * Observe.METERS_MAX);
    }

    @Test
    void aGaugeThatThrowsSpoilsNoOther() {
        chat.gauge("broken", () -> {
            throw new IllegalStateException("on purpose");
        });
        chat.gauge("fine", () -> 1);

        assertThat(exposition.text()).contains("app_chat_fine{workload=\"chat\"} 1.0")
                .contains("app_chat_broken{workload=\"chat\"} NaN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Messages", "1st", "a.b", "a b", "a\nb", "x_total", "x_seconds",
        "x_max", "über"})
    void aNameThatBreaksTheRuleIsABug(String name) {
        assertThatThrownBy(() -> chat.counter(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\nb", "a{b}"})
    void aLoggerIsNotCalledAnything(String name) {
        assertThatThrownBy(() -> chat.log(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCounterOnlyGrows() {
        assertThatThrownBy(() -> chat.counter("messages").add(-1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void logsUnderTheNameOfTheWorkload() {
        assertThat(chat.log("Rooms").getName()).isEqualTo("app.chat.Rooms");
    }
}
