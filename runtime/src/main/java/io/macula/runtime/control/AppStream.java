package io.macula.runtime.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.macula.runtime.json.Json;
import io.macula.runtime.workload.Workloads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// Answers `{"op":"app"}` when what is asked for takes longer than an ordinary answer may: a workload is drained
/// before it stops. One line, then the end.
record AppStream(Workloads workloads, JsonNode request) implements ControlStream {

    static boolean isWanted(JsonNode request) {
        return request.path("op").asText().equals("app")
                && !request.path("do").asText().equals("list");
    }

    @Override
    public void run(SocketChannel connection) throws IOException {
        var answer = new AppAnswers(workloads).answer(request);
        var bytes = ByteBuffer.wrap((Json.write(answer) + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            connection.write(bytes);
        }
    }
}
