package io.macula.runtime.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.json.Json;
import io.macula.runtime.why.Matter;
import io.macula.runtime.why.Step;
import io.macula.runtime.why.WhyQuestion;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Answers `{"op":"why-not","kind":"topic","name":"..."}` with the steps of the way.
final class WhyAnswers {

    private final Function<Matter, CompletionStage<List<Step>>> walk;

    WhyAnswers(Function<Matter, CompletionStage<List<Step>>> walk) {
        this.walk = walk;
    }

    ObjectNode answer(JsonNode request) {
        var matter = WhyQuestion.read(request);
        if (matter.isEmpty()) {
            return ControlAnswers.error("malformed",
                    "kind is topic or service, and name a well-formed name of one");
        }
        var answer = Json.object().put("ok", true);
        var steps = answer.putArray("steps");
        walk.apply(matter.get())
                .toCompletableFuture()
                .join()
                .forEach(step -> steps.add(Json.object()
                        .put("step", step.name())
                        .put("verdict", step.verdict().word())
                        .put("found", step.found())
                        .put("advice", step.advice())));
        return answer;
    }
}
