package io.macula.runtime.why;

import com.fasterxml.jackson.databind.JsonNode;
import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.rpc.RpcError;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.ProcedureName;
import io.macula.actors.wire.TopicName;
import io.macula.dht.NodeId;
import io.macula.runtime.json.Json;
import java.util.Optional;
import java.util.function.Function;

/// The question by which one node asks another what it knows of a topic or service.
public final class WhyQuestion {

    /// The procedure; no node offers it, each answers it.
    public static final String PROCEDURE = "macula.why.standing";

    private WhyQuestion() {}

    public static Bytes of(Matter matter) {
        return Bytes.utf8(Json.write(Json.object()
                .put("kind", matter.kind().word())
                .put("name", matter.name())));
    }

    /// Answers another node, whose question may be anything.
    public static CallOutcome answer(Bytes question, Function<Matter, Known> known) {
        var matter = Json.parse(question.text().orElse("")) instanceof Json.Parsed.Value(var json)
                ? read(json)
                : Optional.<Matter>empty();
        return matter.<CallOutcome>map(asked -> new CallOutcome.Ok(
                Bytes.utf8(Json.write(known.apply(asked).json()))))
                .orElseGet(() -> new CallOutcome.Failed(RpcError.INVALID,
                        "a question has the kind topic or service, and a name"));
    }

    /// What a question is about; empty when it is none.
    public static Optional<Matter> read(JsonNode json) {
        var name = json.path("name").asText();
        return Matter.Kind.of(json.path("kind").asText())
                .filter(kind -> switch (kind) {
                    case TOPIC -> TopicName.of(name).isPresent();
                    case SERVICE ->
                        !(ProcedureName.parse(name) instanceof ProcedureName.Parsed.Invalid);
                })
                .map(kind -> new Matter(kind, name));
    }

    /// What another node said; empty when it said nothing that can be read.
    public static Optional<Known> heard(CallOutcome outcome, NodeId place) {
        return outcome instanceof CallOutcome.Ok(var value)
                && Json.parse(value.text().orElse("")) instanceof Json.Parsed.Value(var json)
                && json.isObject() ? Optional.of(Known.read(json, place)) : Optional.empty();
    }
}
