package io.macula.it.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.json.Json;
import java.util.concurrent.atomic.AtomicInteger;

/// A node in a process of its own that does what it is told: the process of the demonstration.
final class PuppetNode {

    private final MaculaProcess process;
    private final AtomicInteger numbers = new AtomicInteger();

    private PuppetNode(MaculaProcess process) {
        this.process = process;
    }

    /// A gateway of the realm, that joins through `seed` unless that is empty.
    static PuppetNode gateway(Terminals terminals, String realm, String seed) {
        return start(terminals, "./macula", "coordinator", realm, seed);
    }

    /// A node without the gateway role that joins through `seed`.
    static PuppetNode player(Terminals terminals, String realm, String seed) {
        return start(terminals, "./macula", "player", realm, seed);
    }

    /// @param program how `./macula` is started, such as in a network of its own
    static PuppetNode start(Terminals terminals, String program, String part, String realm,
            String seed) {
        var joining = seed.isEmpty() ? "" : " --gateway " + seed;
        return new PuppetNode(terminals.shell("exec " + program + " demo-process " + part
                + " --realm " + realm + " --data-dir " + terminals.newDataDir() + joining));
    }

    /// What it said of itself when it was ready.
    JsonNode facts() {
        return parse(process.awaitOut(line -> line.startsWith("{\"id\"")
                || line.contains("\"address\":")));
    }

    String address() {
        return facts().path("address").asText();
    }

    String id() {
        return facts().path("id").asText();
    }

    /// A count it reports about itself.
    long figure(String name) {
        return new Health(facts().path("http").asText()).figure(name);
    }

    void awaitJoined() {
        process.awaitOut(line -> line.contains("\"event\":\"joined\""));
    }

    /// Sends a request; [#answer] brings what came of it.
    int request(ObjectNode request) {
        var number = numbers.incrementAndGet();
        process.say(Json.write(request.put("n", number)));
        return number;
    }

    JsonNode answer(int number) {
        return parse(process.awaitOut(line -> line.startsWith("{\"re\":" + number + ",")));
    }

    JsonNode ask(ObjectNode request) {
        return answer(request(request));
    }

    void serve(String procedure, String expression) {
        succeeds(ask(op("serve").put("procedure", procedure).put("expression", expression)));
    }

    void subscribe(String pattern) {
        succeeds(ask(op("subscribe").put("pattern", pattern)));
    }

    void publish(String topic, int payload) {
        succeeds(ask(op("publish").put("topic", topic).put("payload", payload)));
    }

    int requestCall(String procedure) {
        var request = op("call").put("procedure", procedure);
        request.putObject("argument");
        return request(request);
    }

    int requestProviders(String procedure) {
        return request(op("providers").put("procedure", procedure));
    }

    /// Whether the DHT named this node among the providers.
    boolean named(int number, PuppetNode provider) {
        return answer(number).path("providers")
                .valueStream()
                .anyMatch(id -> id.asText().equals(provider.id()));
    }

    /// What a call came to: its value, or why there is none.
    String called(int number) {
        var answer = answer(number);
        return answer.path("ok").asBoolean()
                ? answer.path("value").asText()
                : answer.path("message").asText();
    }

    /// Whether the request has been answered well by now.
    boolean hasSucceeded(int number) {
        return process.out()
                .stream()
                .anyMatch(line -> line.startsWith("{\"re\":" + number + ",\"ok\":true"));
    }

    String call(String procedure) {
        return called(requestCall(procedure));
    }

    /// How often it heard this payload on this topic.
    long heard(String topic, int payload) {
        var wanted = "\"topic\":\"" + topic + "\",\"payload\":\"" + payload + "\"";
        return process.out().stream().filter(line -> line.contains(wanted)).count();
    }

    void kill() {
        process.kill();
        process.awaitEnd();
    }

    private static void succeeds(JsonNode answer) {
        if (!answer.path("ok").asBoolean()) {
            throw new AssertionError(answer.path("message").asText());
        }
    }

    private static ObjectNode op(String name) {
        return Json.object().put("op", name);
    }

    private static JsonNode parse(String line) {
        return switch (Json.parse(line)) {
            case Json.Parsed.Value(var json) -> json;
            case Json.Parsed.Malformed(var reason) -> throw new AssertionError(reason);
        };
    }
}
