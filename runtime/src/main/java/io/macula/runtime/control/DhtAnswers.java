package io.macula.runtime.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.actors.dht.Discovery;
import io.macula.actors.dht.InterestKeys;
import io.macula.actors.dht.Kept;
import io.macula.actors.dht.Provider;
import io.macula.actors.dht.RealmKey;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.ProcedureName;
import io.macula.actors.wire.TopicName;
import io.macula.actors.wire.TopicPattern;
import io.macula.dht.NodeId;
import io.macula.dht.lookup.Goal;
import io.macula.dht.lookup.LookupResult;
import io.macula.dht.store.Health;
import io.macula.runtime.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Answers `{"op":"dht","do":...}`: asks this node's part of the DHT and waits a while for it.
public final class DhtAnswers {

    /// A key is a name people type.
    private static final int KEY_CHARS_MAX = 255;

    /// How long an answer may take: less than a control connection lives.
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Discovery discovery;
    private final String realm;

    public DhtAnswers(Discovery discovery) {
        this.discovery = discovery;
        this.realm = discovery.realm();
    }

    /// Blocks for as long as it takes, and not for ever.
    public ObjectNode answer(JsonNode request) {
        try {
            return switch (request.path("do").asText()) {
                case "get" -> get(request.path("key").asText());
                case "put" -> put(request);
                case "lookup" -> lookup(request.path("key").asText());
                case "table" -> table();
                case "providers" ->
                    providers(request.path("kind").asText(), request.path("name").asText());
                default -> error("malformed", "do is one of get, put, lookup, table, providers");
            };
        } catch (TimeoutException e) {
            return error("timeout", "the other nodes did not answer within "
                    + PATIENCE.toSeconds() + " s; try again");
        } catch (ExecutionException e) {
            return error("failed", "asking the DHT failed: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return error("failed", "the node stops");
        }
    }

    private ObjectNode get(String name)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (!isKey(name)) {
            return noKey();
        }
        var key = RealmKey.value(realm, name);
        var result = await(discovery.find(Goal.VALUE, key.id(), 1));
        return Discovery.kept(result)
                .map(kept -> got(name, key, kept, result))
                .orElseGet(() -> error("not-found", "nobody keeps a value under '" + name
                        + "', as far as " + result.closest().size()
                        + " nodes that answered know"));
    }

    private static ObjectNode got(String name, RealmKey key, Kept kept, LookupResult result) {
        var answer = ok().put("key", name).put("id", key.id().hex());
        kept.value()
                .text()
                .ifPresentOrElse(text -> answer.put("value", text),
                        () -> answer.put("value_hex", kept.value().hex()));
        answer.put("owner", kept.owner().hex())
                .put("sequence", kept.sequence())
                .put("expires_at", kept.expiresAt().toString());
        return cost(answer, result);
    }

    private ObjectNode put(JsonNode request)
            throws InterruptedException, ExecutionException, TimeoutException {
        var name = request.path("key").asText();
        if (!isKey(name)) {
            return noKey();
        }
        var value = Bytes.utf8(request.path("value").asText());
        if (value.sizeBytes() > Discovery.VALUE_BYTES_MAX) {
            return error("malformed", "a value has at most " + Discovery.VALUE_BYTES_MAX
                    + " bytes, this one has " + value.sizeBytes());
        }
        var ttl = Duration.ofMillis(request.path("ttl_ms").asLong());
        if (!ttl.isPositive() || ttl.compareTo(Discovery.VALUE_TTL_MAX) > 0) {
            return error("malformed", "a value is kept for 1 ms to "
                    + Discovery.VALUE_TTL_MAX.toHours() + " h");
        }
        var key = RealmKey.value(realm, name);
        var expiresAt = Instant.now().plus(ttl);
        var health = await(discovery.put(key, value, ttl));
        return health.acknowledged() == 0
                ? notKept(name, health)
                : health(ok().put("key", name).put("id", key.id().hex()), health)
                        .put("expires_at", expiresAt.toString());
    }

    private static ObjectNode notKept(String name, Health health) {
        return health.asked() == 0
                ? error("busy", "this node has too much to look up already; try again")
                : error("refused", "none of " + health.asked() + " nodes kept the value: '" + name
                        + "' belongs to another node until its value expires");
    }

    private ObjectNode lookup(String text)
            throws InterruptedException, ExecutionException, TimeoutException {
        var id = NodeId.parse(text);
        if (id.isEmpty() && !isKey(text)) {
            return noKey();
        }
        var target = id.orElseGet(() -> RealmKey.value(realm, text).id());
        var result = await(discovery.find(Goal.NODES, target, 1));
        var answer = ok().put("target", target.hex());
        var closest = answer.putArray("closest");
        for (var contact : result.closest()) {
            closest.add(Json.object()
                    .put("node", contact.id().hex())
                    .put("address", contact.endpoint().toString())
                    .put("shared_bits", contact.id().commonPrefixBits(target)));
        }
        var trace = answer.putArray("trace");
        for (var visit : result.visited()) {
            trace.add(Json.object()
                    .put("node", visit.contact().id().hex())
                    .put("address", visit.contact().endpoint().toString())
                    .put("hop", visit.hop())
                    .put("path", visit.path())
                    .put("outcome", visit.outcome().name().toLowerCase(Locale.ROOT)));
        }
        return cost(answer, result);
    }

    private ObjectNode table() throws InterruptedException, ExecutionException, TimeoutException {
        var seen = await(discovery.table());
        if (seen.isEmpty()) {
            return error("busy", "this node has too much to look up already; try again");
        }
        var table = seen.get();
        var answer = ok().put("node", table.self().hex())
                .put("values", table.values())
                .put("provided_keys", table.providedKeys())
                .put("own_keys", table.ownKeys())
                .put("requests_under_way", table.requestsUnderWay());
        var contacts = answer.putArray("contacts");
        for (var entry : table.contacts()) {
            contacts.add(Json.object()
                    .put("bucket", entry.bucket())
                    .put("node", entry.contact().id().hex())
                    .put("address", entry.contact().endpoint().toString())
                    .put("failures", entry.failures())
                    .put("heard_ms_ago", Math.max(0, table.atMillis() - entry.heardAtMillis())));
        }
        return answer;
    }

    private ObjectNode providers(String kind, String name)
            throws InterruptedException, ExecutionException, TimeoutException {
        return switch (kind) {
            case "procedure" -> switch (ProcedureName.parse(name)) {
                case ProcedureName.Parsed.Invalid(var why) -> error("malformed", why);
                case ProcedureName.Parsed.Ok _ ->
                    providers(name, List.of(RealmKey.procedure(realm, name)));
            };
            case "topic" -> switch (TopicPattern.parse(name)) {
                case TopicPattern.Parsed.Invalid(var why) -> error("malformed", why);
                case TopicPattern.Parsed.Ok(var pattern) -> providers(name, keysOf(pattern));
            };
            default -> error("malformed", "kind is procedure or topic");
        };
    }

    /// A topic is looked for under every key that its subscribers may stand under.
    private List<RealmKey> keysOf(TopicPattern pattern) {
        var keys = new InterestKeys(realm);
        return TopicName.of(pattern.text())
                .map(keys::keysFor)
                .orElseGet(() -> keys.keysOf(pattern));
    }

    private ObjectNode providers(String name, List<RealmKey> keys)
            throws InterruptedException, ExecutionException, TimeoutException {
        var asked = keys.stream().map(discovery::providers).toList();
        var answer = ok().put("name", name);
        var providers = answer.putArray("providers");
        for (var i = 0; i < keys.size(); i++) {
            for (var provider : await(asked.get(i))) {
                providers.add(provider(keys.get(i), provider));
            }
        }
        return providers.isEmpty()
                ? error("not-found", "nobody is known under '" + name + "'")
                : answer;
    }

    private static ObjectNode provider(RealmKey key, Provider provider) {
        var row = Json.object().put("node", provider.node().hex()).put("key", key.text());
        var addresses = row.putArray("addresses");
        provider.addresses().forEach(address -> addresses.add(address.hostPort()));
        var relays = row.putArray("relays");
        provider.relays().forEach(relay -> relays.add(relay.hex()));
        return row.put("load", provider.load());
    }

    private static ObjectNode cost(ObjectNode answer, LookupResult result) {
        return answer.put("hops", result.hops())
                .put("requests", result.requests())
                .put("elapsed_ms", result.elapsedMillis());
    }

    private static ObjectNode health(ObjectNode answer, Health health) {
        return answer.put("acknowledged", health.acknowledged()).put("asked", health.asked());
    }

    private static boolean isKey(String name) {
        return !name.isBlank() && name.length() <= KEY_CHARS_MAX;
    }

    private static ObjectNode noKey() {
        return error("malformed", "a key has 1 to " + KEY_CHARS_MAX + " characters");
    }

    private static <T> T await(CompletionStage<T> stage)
            throws InterruptedException, ExecutionException, TimeoutException {
        return stage.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ObjectNode ok() {
        return Json.object().put("ok", true);
    }

    private static ObjectNode error(String code, String message) {
        return ControlAnswers.error(code, message);
    }
}
