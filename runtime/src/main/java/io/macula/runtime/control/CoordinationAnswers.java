package io.macula.runtime.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.app.coordination.Failure;
import io.macula.app.coordination.FencedCoordination;
import io.macula.app.coordination.NoQuorum;
import io.macula.app.coordination.Refused;
import io.macula.app.coordination.SessionLost;
import io.macula.app.coordination.Standing;
import io.macula.runtime.coordination.CoordinationView;
import io.macula.runtime.json.Json;
import java.time.Duration;
import java.util.Locale;

/// Answers `{"op":"coordination","do":...}`.
final class CoordinationAnswers {

    /// Less than a control connection lives.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final FencedCoordination coordination;
    private final CoordinationView view;

    CoordinationAnswers(FencedCoordination coordination, CoordinationView view) {
        this.coordination = coordination;
        this.view = view;
    }

    ObjectNode answer(JsonNode request) {
        return switch (request.path("do").asText()) {
            case "voters" -> voters();
            case "leader" -> leader(request.path("name").asText());
            default -> error("malformed", "do is one of voters, leader, lock");
        };
    }

    private ObjectNode voters() {
        var json = Json.object()
                .put("ok", true)
                .put("group", view.group())
                .put("revision", view.revision())
                .put("state", view.state().name().toLowerCase(Locale.ROOT))
                .put("problem", view.problem());
        var voters = json.putArray("voters");
        view.voters()
                .forEach(voter -> voters.add(Json.object()
                        .put("id", voter.id())
                        .put("address", voter.host() + ":" + voter.port())
                        .put("self", voter.id().equals(view.own()))));
        return json;
    }

    private ObjectNode leader(String election) {
        return switch (coordination.leader(election, PATIENCE).toCompletableFuture().join()) {
            case Standing.Follows(var leader) -> Json.object()
                    .put("ok", true)
                    .put("election", election)
                    .put("leader", leader.owner())
                    .put("fence", leader.fence().value());
            case Standing.Vacant() ->
                error("not-found", "nobody leads the election '" + election + "'");
            case Standing.Leads _ -> error("failed", "a question was taken for a candidacy");
            case Failure failure -> switch (failure) {
                case NoQuorum(var message) -> error("timeout", message);
                case Refused(var message) -> error("malformed", message);
                case SessionLost(var message) -> error("failed", message);
            };
        };
    }

    private static ObjectNode error(String code, String message) {
        return ControlAnswers.error(code, message);
    }
}
