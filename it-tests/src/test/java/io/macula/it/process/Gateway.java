package io.macula.it.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.macula.runtime.json.Json;
import java.nio.file.Path;

/// A gateway in a process of its own, and what it said of itself when it was ready.
record Gateway(MaculaProcess process, JsonNode facts) {

    /// Waits until the gateway says that it is ready.
    static Gateway ready(MaculaProcess process) {
        var line = process.awaitOut(text -> text.startsWith("{"));
        if (Json.parse(line) instanceof Json.Parsed.Value(var facts)) {
            return new Gateway(process, facts);
        }
        throw new AssertionError("not JSON: " + line);
    }

    String id() {
        return facts.path("id").asText();
    }

    /// `host:port` of its QUIC port.
    String quic() {
        return facts.path("quic").asText();
    }

    /// The address with its id.
    String address() {
        return facts.path("address").asText();
    }

    String quicPort() {
        return quic().substring(quic().lastIndexOf(':') + 1);
    }

    /// The address of its health.
    String http() {
        return facts.path("http").asText();
    }

    String httpPort() {
        return http().substring(http().lastIndexOf(':') + 1);
    }

    Path dataDir() {
        return Path.of(facts.path("data_dir").asText());
    }
}
