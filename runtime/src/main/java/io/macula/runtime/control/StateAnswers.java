package io.macula.runtime.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.actors.services.RegistryNames;
import io.macula.actors.state.Outcome;
import io.macula.actors.state.SharedState;
import io.macula.crdt.Bytes;
import io.macula.crdt.Crdt;
import io.macula.crdt.Edit;
import io.macula.crdt.PnCounter;
import io.macula.crdt.Tick;
import io.macula.crdt.replicator.Version;
import io.macula.runtime.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Answers `{"op":"state","do":...}` from what this node shares with others.
final class StateAnswers {

    /// How long an answer may take: less than a control connection lives.
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    /// Keys that one listing shows.
    private static final int KEYS_MAX = 100_000;

    private static final Set<String> WRITES = Set.of("put", "add", "remove", "incr");

    private static final Bytes PLATFORM = Bytes.utf8(RegistryNames.PREFIX);

    private final SharedState shared;

    StateAnswers(SharedState shared) {
        this.shared = shared;
    }

    ObjectNode answer(JsonNode request) {
        var name = request.path("key").asText();
        var what = request.path("do").asText();
        if (WRITES.contains(what) && name.startsWith(RegistryNames.PREFIX)) {
            return error("malformed", RegistryNames.NOT_YOURS);
        }
        try {
            return switch (what) {
                case "get" -> get(name, request.path("at_least").asText());
                case "keys" -> keys(name);
                case "put" -> edit(name, request, "value", (key, value) -> (root,
                        tick) -> root.register(key).assign(tick.dot(), tick.stamp(), value));
                case "add" -> edit(name, request, "element",
                        (key, element) -> (root, tick) -> root.set(key).add(tick.dot(), element));
                case "remove" -> remove(name, request);
                case "incr" -> increment(name, request.path("by"));
                case "sums" -> sums();
                case "snapshot" -> snapshot(request.path("path").asText());
                default -> error("malformed", "do is one of get, keys, put, add, remove, incr,"
                        + " watch, sums, snapshot");
            };
        } catch (TimeoutException e) {
            return error("timeout", "the node did not answer within " + PATIENCE.toSeconds()
                    + " s; try again");
        } catch (ExecutionException e) {
            return error("failed", "asking for shared state failed: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return error("failed", "the node stops");
        }
    }

    private interface Making {
        Edit of(String key, Bytes value);
    }

    private ObjectNode get(String name, String atLeast)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (!atLeast.isEmpty()) {
            var version = Version.parse(atLeast);
            if (version.isEmpty()) {
                return error("malformed", "'" + atLeast + "' is no version that a state command"
                        + " printed");
            }
            if (!await(shared.reached(version.get(), PATIENCE.minusSeconds(1)))) {
                return error("timeout", "that version has not arrived at this node; is it"
                        + " connected to the node that made it?");
            }
        }
        var version = shared.version();
        var values = StateText.values(shared.values(), StateText.bytes(name));
        return values.isEmpty()
                ? error("not-found", "nothing is kept under '" + name + "'")
                : ok(name).put("version", version.token()).set("values", values);
    }

    private ObjectNode keys(String prefix) {
        var values = shared.values();
        var answer = Json.object().put("ok", true);
        var keys = answer.putArray("keys");
        var begin = StateText.bytes(prefix);
        values.names()
                .stream()
                .filter(name -> name.startsWith(begin))
                .filter(name -> !name.startsWith(PLATFORM) || begin.startsWith(PLATFORM))
                .limit(KEYS_MAX)
                .forEach(name -> values.types(name)
                        .forEach(type -> keys.addObject()
                                .put("key", StateText.text(name))
                                .put("type", StateText.name(type))));
        return answer.put("fingerprint", fingerprint()).put("version", shared.version().token());
    }

    /// What each key comes to, for a comparison with another node.
    private ObjectNode sums() {
        var values = shared.values();
        var answer = Json.object().put("ok", true);
        var keys = answer.putArray("keys");
        values.names()
                .stream()
                .limit(KEYS_MAX)
                .forEach(name -> values.types(name)
                        .forEach(type -> keys.add(sum(values.get(name, type), name))));
        return answer.put("fingerprint", fingerprint());
    }

    private static ObjectNode sum(Crdt<?> value, Bytes name) {
        long high = 0;
        long low = 0;
        var entries = value.entries();
        for (var entry : entries) {
            high += entry.fingerprint().high();
            low += entry.fingerprint().low();
        }
        return Json.object()
                .put("key", StateText.text(name))
                .put("type", StateText.name(value.type()))
                .put("entries", entries.size())
                .put("sum", String.format(Locale.ROOT, "%016x%016x", high, low));
    }

    private String fingerprint() {
        return shared.replicator()
                .map(replicator -> replicator.fingerprint().fingerprint().hex())
                .orElse("");
    }

    private ObjectNode snapshot(String path)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (path.isEmpty() || !Path.of(path).isAbsolute()) {
            return error("malformed", "a snapshot needs the absolute path of a new folder");
        }
        return await(shared.snapshot(Path.of(path))).map(failure -> error("failed", failure))
                .orElseGet(() -> Json.object()
                        .put("ok", true)
                        .put("path", path)
                        .put("version", shared.version().token()));
    }

    private ObjectNode edit(String name, JsonNode request, String field, Making making)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (name.isEmpty() || !request.path(field).isTextual()) {
            return error("malformed", "a key and a text '" + field + "' are needed");
        }
        return update(name,
                making.of(name, StateText.bytes(request.path(field).asText())));
    }

    private ObjectNode remove(String name, JsonNode request)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (!request.has("element")) {
            return name.isEmpty()
                    ? error("malformed", "a key is needed")
                    : update(name, (root, _) -> root.remove(name));
        }
        return edit(name, request, "element",
                (key, element) -> (root, _) -> root.set(key).remove(element));
    }

    private ObjectNode increment(String name, JsonNode by)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (name.isEmpty() || !by.canConvertToLong() || by.asLong() == 0
                || by.asLong() == Long.MIN_VALUE) {
            return error("malformed", "a key and a whole number other than 0 are needed");
        }
        var answer = update(name, (root, tick) -> counted(root.counter(name), tick, by.asLong()));
        return answer.path("ok").asBoolean()
                ? answer.put("value", shared.values().counter(name).value())
                : answer;
    }

    private static PnCounter counted(PnCounter counter, Tick tick, long by) {
        return by > 0
                ? counter.increment(tick.dot(), by)
                : counter.decrement(tick.dot(), -by);
    }

    private ObjectNode update(String name, Edit edit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return switch (await(shared.update(List.of(edit)))) {
            case Outcome.Done(var version) ->
                ok(name).put("changed", true).put("version", version.token());
            case Outcome.Unchanged _ -> error("not-found", "there is nothing to change at '" + name
                    + "'");
            case Outcome.Busy _ -> error("busy", "too much is under way on this node; try again");
            case Outcome.TooLarge(var limit) -> error("malformed", "too large: " + limit.what()
                    + " is " + limit.is() + " and may be " + limit.max());
            case Outcome.Invalid(var message) -> error("malformed", message);
            case Outcome.Unavailable(var message) -> error("failed", message);
            case Outcome.Unknown(var message) -> error("failed", message
                    + "; the change may or may not have been made");
        };
    }

    private static <T> T await(CompletionStage<T> stage)
            throws InterruptedException, ExecutionException, TimeoutException {
        return stage.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ObjectNode ok(String key) {
        return Json.object().put("ok", true).put("key", key);
    }

    private static ObjectNode error(String code, String message) {
        return ControlAnswers.error(code, message);
    }
}
