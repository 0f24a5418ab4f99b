package io.macula.runtime.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StageTest {

    private static final Duration GENEROUS = Duration.ofSeconds(30);

    private final List<String> story = new ArrayList<>();
    private final CompletableFuture<Void> stop = new CompletableFuture<>();
    private final Stage stage = new Stage(story::add, stop);

    @Test
    void tellsWhatEachStepShowed() {
        stage.step("good", GENEROUS, () -> "seen");
        stage.step("bad", GENEROUS, () -> {
            throw new StepFailedException("not seen");
        });
        stage.skip("late", "bad failed");

        assertThat(stage.steps()).extracting(DemoStep::name, DemoStep::isOk, DemoStep::detail)
                .containsExactly(tuple("good", true, "seen"),
                        tuple("bad", false, "not seen"),
                        tuple("late", false,
                                "not tried: bad failed"));
        assertThat(story).hasSize(3).first().asString().contains("ok", "good: seen");
    }

    @Test
    void aStepThatHangsIsGivenUp() {
        var never = new CountDownLatch(1);

        var isOk = stage.step("hanging", Duration.ofMillis(50), () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "";
        });

        assertThat(isOk).isFalse();
        assertThat(stage.steps().getFirst().detail()).contains("not done within");
    }

    @Test
    void nothingIsTriedAfterTheWishToStop() {
        stop.complete(null);

        stage.step("more", GENEROUS, () -> "seen");

        assertThat(stage.steps().getFirst().detail()).isEqualTo("interrupted");
    }

    @Test
    void whatHasToBeDoneLastIsDoneAfterTheWishToStopToo() {
        stop.complete(null);

        assertThat(stage.lastStep("end", GENEROUS, () -> "all ended")).isTrue();
        assertThat(stage.steps().getFirst().detail()).isEqualTo("all ended");
    }
}
