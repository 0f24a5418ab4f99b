package io.macula.runtime.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.app.Payload;
import io.macula.app.Rpc.Outcome;
import io.macula.app.Topics.Published;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExpositionTest {

    private final Traffic traffic = new Traffic();
    private final Exposition exposition = new Exposition(traffic);

    @AfterEach
    void close() {
        exposition.close();
    }

    @Test
    void messagesHaveTheNamesOfOpenTelemetry() {
        traffic.published("a", new Published.Sent(), 1_000_000);
        traffic.published("a", new Published.Offline("no link"), 1_000);
        traffic.handled("a", false, 2_000_000);

        var labels = "messaging_operation_name=\"publish\",messaging_operation_type=\"send\","
                + "messaging_system=\"macula\"";
        assertThat(exposition.text())
                .contains(
                        "messaging_client_sent_messages_total{error_type=\"\"," + labels + "} 1.0")
                .contains("messaging_client_sent_messages_total{error_type=\"offline\"," + labels)
                .contains("messaging_client_operation_duration_seconds_bucket{error_type=\"\","
                        + labels + ",le=\"0.001\"} 1")
                .contains("messaging_process_duration_seconds_count{error_type=\"\"");
    }

    @Test
    void callsHaveTheNamesOfOpenTelemetry() {
        traffic.called("math.add", new Outcome.Ok(Payload.EMPTY), 3_000_000);
        traffic.called("math.add", new Outcome.TimedOut("late"), 3_000_000);
        traffic.served("math.add", true, 1_000_000);

        assertThat(exposition.text())
                .contains("rpc_client_call_duration_seconds_count{error_type=\"\","
                        + "rpc_method=\"math.add\",rpc_system_name=\"macula\"} 1")
                .contains("rpc_client_call_duration_seconds_count{error_type=\"timeout\"")
                .contains("rpc_server_call_duration_seconds_sum{error_type=\"\","
                        + "rpc_method=\"math.add\",rpc_system_name=\"macula\"} 0.001");
    }

    @Test
    void proceduresWithoutEndMakeNoLabelsWithoutEnd() {
        for (var i = 0; i < 1_000; i++) {
            traffic.called("p." + i, new Outcome.Ok(Payload.EMPTY), 1);
        }

        assertThat(exposition.text()
                .lines()
                .filter(line -> line.startsWith("rpc_client_call_duration_seconds_count")))
                .hasSize(Traffic.PROCEDURES_MAX + 1)
                .anyMatch(line -> line.contains("rpc_method=\"_OTHER\"") && line.endsWith(" 950"));
    }

    @Test
    void rowsWithoutEndAreCut() {
        exposition.figures().counts("macula_rows", "Rows.", List.of("row"), () -> {
            var rows = new java.util.HashMap<List<String>, Double>();
            for (var i = 0; i < 1_000; i++) {
                rows.put(List.of("r" + i), 1.0);
            }
            return Map.copyOf(rows);
        });

        assertThat(exposition.text().lines().filter(line -> line.startsWith("macula_rows_total")))
                .hasSize(Rows.ROWS_MAX);
    }

    @Test
    void aStrangeLabelCannotBreakTheForm() {
        traffic.called("a\"b\\c\nd 1", new Outcome.Refused("no"), 1);

        assertThat(exposition.text()).contains("rpc_method=\"a\\\"b\\\\c\\nd 1\"");
    }

    @Test
    void theMachineIsThereToo() {
        assertThat(exposition.text()).contains("jvm_memory_used_bytes", "jvm_threads_live_threads",
                "process_uptime_seconds");
    }

    @Test
    void whatIsReadFromElsewhereIsStillReadAfterACollection() {
        exposition.figures().count("macula.kept", "Kept.", () -> 42);

        System.gc();

        assertThat(exposition.text()).contains("macula_kept_total 42.0");
    }
}
