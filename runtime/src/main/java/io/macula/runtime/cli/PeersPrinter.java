package io.macula.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.macula.runtime.control.ControlClient;
import io.macula.runtime.control.ControlClient.Answer;
import io.macula.runtime.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Carries out `peers`.
final class PeersPrinter {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final List<String> COLUMNS = List.of("NODE", "KIND", "PATH", "ADDRESS", "RTT",
            "SENT", "RECEIVED");

    private final Console console;

    PeersPrinter(Console console) {
        this.console = console;
    }

    int run(@Nullable String dataDir, boolean json) {
        var directory = RunningFolder.of(console, dataDir, PATIENCE);
        return switch (new ControlClient(directory, PATIENCE).peers()) {
            case Answer.Ok answer -> {
                show(answer.json().path("peers").valueStream().toList(), json);
                yield ExitCode.OK.number();
            }
            case Answer.Bad bad -> NodeAsker.failed(console, bad);
        };
    }

    private void show(List<JsonNode> peers, boolean json) {
        if (json) {
            peers.forEach(peer -> console.print(Json.write(peer)));
        } else if (peers.isEmpty()) {
            console.say("no other node is in reach");
        } else {
            var rows = new ArrayList<List<String>>();
            rows.add(COLUMNS);
            peers.forEach(peer -> rows.add(row(peer)));
            Table.lines(rows).forEach(console::print);
        }
    }

    private static List<String> row(JsonNode peer) {
        var micros = peer.path("rtt_us").asLong();
        return List.of(peer.path("id").asText().substring(0, 8), peer.path("kind").asText(),
                peer.path("path").asText(), peer.path("address").asText(),
                micros == 0 ? "-" : String.format(Locale.ROOT, "%.2f ms", micros / 1_000.0),
                size(peer.path("sent_bytes").asLong()), size(peer.path("received_bytes").asLong()));
    }

    private static String size(long bytes) {
        if (bytes < 10_000) {
            return bytes + " B";
        }
        return bytes < 10_000_000 ? bytes / 1_000 + " kB" : bytes / 1_000_000 + " MB";
    }
}
