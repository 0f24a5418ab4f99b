package io.macula.runtime.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.supervision.ChildState;
import io.macula.supervision.Exit;
import io.macula.supervision.Node;
import io.macula.supervision.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TreeRowsTest {

    private static final Instant SINCE = Instant.ofEpochMilli(5_000);

    private static Node worker(String id, Node.@Nullable Running running) {
        return new Node(id, ChildState.RUNNING, 3, SINCE,
                new Exit.Failed(new IllegalStateException("x".repeat(1_000))), null, running,
                List.of());
    }

    private static Node.Running busyFor(Duration time) {
        return new Node.Running("t1", time, Stream
                .generate(() -> new StackTraceElement("A", "b", "A.java", 1))
                .limit(50)
                .toList());
    }

    private static Node root(Node... children) {
        return new Node("macula", ChildState.RUNNING, 1, Instant.EPOCH, null,
                new Node.Limits(Strategy.ONE_FOR_ALL, 2, 10, Duration.ofSeconds(5)), null,
                List.of(children));
    }

    @Test
    void nameEachPlaceByItsPathParentsFirst() {
        var sheet = TreeRows.of(List.of(root(worker("a", null), worker("b", null))));

        assertThat(sheet.rows().keySet()).containsExactly("macula", "macula/a", "macula/b");
        assertThat(sheet.rows().get("macula")).hasToString("{\"n\":0,\"state\":\"running\","
                + "\"gen\":1,\"strategy\":\"one_for_all\",\"restarts\":2,\"limit\":10,"
                + "\"period_s\":5.0}");
        assertThat(sheet.toJson().path("macula/b").path("n").asInt()).isEqualTo(1);
        assertThat(sheet.toJson().path("macula/b").path("since").asLong()).isEqualTo(5_000);
    }

    @Test
    void showWhatAProcessDoesWhenItTakesLong() {
        var json = TreeRows.of(List.of(root(worker("quick", busyFor(TreeRows.BUSY)),
                worker("stuck", busyFor(Duration.ofSeconds(9)))))).toJson();

        assertThat(json.path("macula/quick").has("busy")).isFalse();
        assertThat(json.path("macula/stuck").path("busy").path("s").asInt()).isEqualTo(9);
        assertThat(json.path("macula/stuck").path("busy").path("stack")).hasSize(12);
    }

    @Test
    void cutALongReasonShort() {
        var json = TreeRows.of(List.of(worker("a", null))).toJson();

        assertThat(json.path("a").path("exit").asText()).hasSize(301).endsWith("…");
    }
}
