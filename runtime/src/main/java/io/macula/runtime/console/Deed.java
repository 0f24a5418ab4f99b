package io.macula.runtime.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.control.NodePlace;
import io.macula.runtime.cut.Cut;
import io.macula.runtime.json.Json;
import java.util.List;
import java.util.regex.Pattern;

/// What the console can be told to do on one node.
public sealed interface Deed {

    /// What a node has to allow for it.
    enum Need {
        NOTHING, ACTIONS, CHAOS
    }

    /// What became of reading one.
    sealed interface Parsed {
        record Ok(Deed deed) implements Parsed {}

        /// One sentence.
        record Wrong(String message) implements Parsed {}
    }

    /// Looks a key or an id up in the DHT, and tells whom it asked.
    record Lookup(String target) implements Deed {}

    /// Gathers what all nodes did for a trace.
    record Trace(String trace) implements Deed {}

    record Publish(String topic, String payload) implements Deed {}

    record Call(String procedure, String argument) implements Deed {}

    /// Stops a process by its own rule and starts it again.
    record Restart(String path) implements Deed {}

    /// Lets a process fail.
    record Crash(String path) implements Deed {}

    /// Kills a process and all below it without its cleanup.
    record Kill(String path) implements Deed {}

    /// Cuts the node off from others as a broken cable would, and heals that by itself: who is cut off cannot be
    /// told to.
    ///
    /// @param side
    ///            the folders of the others, as one says them on a terminal; empty when they have none
    record Partition(List<Cut.Place> others, int seconds, String side) implements Deed {

        static final int SECONDS_MAX = 300;

        public Partition {
            others = List.copyOf(others);
        }
    }

    /// Lets the node hear everybody again.
    record Heal() implements Deed {}

    /// Longest topic, path or name, in characters.
    int WORD_MAX = 1_000;

    Pattern TRACE = Pattern.compile("[0-9a-f]{32}");

    default Need need() {
        return switch (this) {
            case Lookup _,Trace _ -> Need.NOTHING;
            case Publish _,Call _,Restart _ -> Need.ACTIONS;
            case Crash _,Kill _,Partition _,Heal _ -> Need.CHAOS;
        };
    }

    /// Reads `{"do":"crash","path":"macula/gateway_system"}`.
    static Parsed parse(JsonNode json) {
        return switch (json.path("do").asText()) {
            case "lookup" -> word(json, "target")
                    ? ok(new Lookup(text(json, "target")))
                    : wrong("target");
            case "trace" -> TRACE.matcher(text(json, "trace")).matches()
                    ? ok(new Trace(text(json, "trace")))
                    : new Parsed.Wrong("the id of a trace has 32 lower-case hexadecimal digits");
            case "publish" -> word(json, "topic") && json.path("payload").isTextual()
                    ? ok(new Publish(text(json, "topic"), text(json, "payload")))
                    : wrong("topic and a payload");
            case "call" -> word(json, "procedure") && json.path("argument").isTextual()
                    ? ok(new Call(text(json, "procedure"), text(json, "argument")))
                    : wrong("procedure and an argument");
            case "restart" -> word(json, "path")
                    ? ok(new Restart(text(json, "path")))
                    : wrong("path");
            case "crash" -> word(json, "path") ? ok(new Crash(text(json, "path"))) : wrong("path");
            case "kill" -> word(json, "path") ? ok(new Kill(text(json, "path"))) : wrong("path");
            case "partition" -> partition(json);
            case "heal" -> ok(new Heal());
            default ->
                new Parsed.Wrong("do is one of lookup, trace, publish, call, restart, crash, kill,"
                        + " partition, heal");
        };
    }

    /// The reverse of [#parse].
    default ObjectNode toJson() {
        return switch (this) {
            case Lookup(var target) -> named("lookup").put("target", target);
            case Trace(var trace) -> named("trace").put("trace", trace);
            case Publish(var topic, var payload) ->
                named("publish").put("topic", topic).put("payload", payload);
            case Call(var procedure, var argument) ->
                named("call").put("procedure", procedure).put("argument", argument);
            case Restart(var path) -> named("restart").put("path", path);
            case Crash(var path) -> named("crash").put("path", path);
            case Kill(var path) -> named("kill").put("path", path);
            case Partition(var others, var seconds, var side) -> {
                var json = named("partition").put("seconds", seconds).put("side", side);
                others.forEach(place -> json.withArray("others").add(NodePlace.json(place)));
                yield json;
            }
            case Heal() -> named("heal");
        };
    }

    private static Parsed partition(JsonNode json) {
        var seconds = json.path("seconds").asInt();
        var places = json.path("others").valueStream().limit(Cut.OTHERS_MAX + 1L).toList();
        var others = places.stream().flatMap(place -> NodePlace.parse(place).stream()).toList();
        return seconds < 1 || seconds > Partition.SECONDS_MAX || others.isEmpty()
                || others.size() != places.size() || others.size() > Cut.OTHERS_MAX
                        ? new Parsed.Wrong("a partition has others, each with id, quic and member, "
                                + "and lasts 1 to " + Partition.SECONDS_MAX + " seconds")
                        : ok(new Partition(others, seconds,
                                TreeRows.cut(json.path("side").asText())));
    }

    private static ObjectNode named(String name) {
        return Json.object().put("do", name);
    }

    private static Parsed ok(Deed deed) {
        return new Parsed.Ok(deed);
    }

    private static Parsed wrong(String what) {
        return new Parsed.Wrong("a " + what + " is needed, a text of at most " + WORD_MAX
                + " characters");
    }

    private static boolean word(JsonNode json, String field) {
        return json.path(field).isTextual() && !json.path(field).asText().isBlank()
                && json.path(field).asText().length() <= WORD_MAX;
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).asText();
    }
}
