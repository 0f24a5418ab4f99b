package io.macula.runtime.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.json.Json;
import java.time.Duration;
import java.util.List;

/// The first story: one gateway and three peers of one realm, a stranger of another, each a process of its own, on
/// free ports of this machine.
final class MeshStory {

    private static final Duration START_LIMIT = Duration.ofSeconds(45);
    private static final Duration STEP_LIMIT = Duration.ofSeconds(20);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
    private static final Duration READ_EVERY = Duration.ofSeconds(3);
    private static final int READINGS = 4;
    private static final String REALM = "arcade";

    private final Stage stage;
    private final Children children;

    MeshStory(Stage stage, Children children) {
        this.stage = stage;
        this.children = children;
    }

    /// False when not even the gateway was there.
    boolean play() {
        var gateway = children.start("gateway", "demo-process", "coordinator", "--realm", REALM);
        stage.tell("a gateway starts as process " + gateway.pid());
        if (!stage.step("gateway ready", START_LIMIT, () -> gatewayReady(gateway))) {
            stage.skip("everything else", "there is no gateway");
            return false;
        }
        playWith(gateway);
        return true;
    }

    private void playWith(Child gateway) {
        var address = gateway.ready(ANSWER_LIMIT).path("address").asText();
        var alice = player("alice", address);
        var bob = player("bob", address);
        var carol = player("carol", address);
        var cast = List.of(alice, bob, carol);
        var joined = stage.step("peers connect", START_LIMIT, () -> allJoin(gateway, cast));
        if (joined) {
            stage.step("players matched", STEP_LIMIT, () -> match(alice, bob));
            stage.step("sensor reading", STEP_LIMIT, () -> sensor(bob, carol));
            stage.step("calculator call", STEP_LIMIT, () -> calculate(alice, carol));
            stage.step("crash healed", STEP_LIMIT,
                    () -> new CrashStory(stage, alice, carol).play());
        } else {
            stage.skip("players and messages", "not all peers are connected");
        }
        stage.step("wrong realm refused", STEP_LIMIT,
                () -> new StrangerStory(stage, children, address).play());
        if (joined) {
            stage.step("gateway killed", STEP_LIMIT,
                    () -> new WithoutGatewayStory(stage, gateway, alice, bob, carol).play());
        }
    }

    private Child player(String name, String gateway) {
        var child = children.start(name, "demo-process", "player", "--realm", REALM, "--gateway",
                gateway);
        stage.tell(name + " starts as process " + child.pid());
        return child;
    }

    private static String gatewayReady(Child gateway) {
        var facts = gateway.ready(START_LIMIT);
        return shortId(facts) + " listens on " + facts.path("quic").asText() + ", health on "
                + facts.path("http").asText();
    }

    private String allJoin(Child gateway, List<Child> cast) {
        var gatewayId = gateway.ready(ANSWER_LIMIT).path("id").asText();
        for (var child : cast) {
            var id = shortId(child.ready(START_LIMIT));
            var contact = child.event(event -> !event.path("event").asText().equals("message"),
                    START_LIMIT, "hear from the gateway");
            if (!contact.path("peer").asText().equals(gatewayId)) {
                throw new StepFailedException(child.name() + ": " + contact);
            }
            stage.tell(
                    child.name() + " (" + id + ") is connected over QUIC; both proved their ids");
        }
        return cast.size() + " peers, each identity proved by its key";
    }

    private String match(Child alice, Child bob) {
        for (var player : List.of(alice, bob)) {
            player.ask(op("subscribe").put("pattern", Coordinator.MATCH_FOUND), ANSWER_LIMIT);
            var request = op("call").put("procedure", Coordinator.REGISTER);
            request.putObject("argument")
                    .put("player_id", player.name())
                    .put("player_name", player.name())
                    .put("node_id", player.ready(ANSWER_LIMIT).path("id").asText());
            player.ask(request, ANSWER_LIMIT);
            stage.tell(player.name() + " registers with the coordinator on the gateway");
        }
        var forAlice = message(alice, Coordinator.MATCH_FOUND);
        var forBob = message(bob, Coordinator.MATCH_FOUND);
        var expected = Matchmaker.matchId("alice", "bob");
        if (!forAlice.equals(forBob) || !forAlice.path("match_id").asText().equals(expected)) {
            throw new StepFailedException("they were told different matches");
        }
        return "alice plays bob, match " + expected;
    }

    private static String sensor(Child publisher, Child subscriber) {
        subscriber.ask(op("subscribe").put("pattern", "sensor.*"), ANSWER_LIMIT);
        var reading = op("publish").put("topic", "sensor.temp");
        reading.putObject("payload").put("celsius", 21.5);
        var heard = measured(publisher, reading, subscriber);
        if (heard.path("celsius").asDouble() != 21.5) {
            throw new StepFailedException("something else arrived: " + heard);
        }
        return subscriber.name() + " (sensor.*) hears sensor.temp " + heard + " from "
                + publisher.name();
    }

    /// A sensor reads again and again, since a message is delivered at most once.
    private static JsonNode measured(Child publisher, ObjectNode reading, Child subscriber) {
        for (int tries = 1; tries < READINGS; tries++) {
            publisher.ask(reading, ANSWER_LIMIT);
            try {
                return message(subscriber, "sensor.temp", READ_EVERY);
            } catch (StepFailedException notHeard) {
                continue;
            }
        }
        publisher.ask(reading, ANSWER_LIMIT);
        return message(subscriber, "sensor.temp", READ_EVERY);
    }

    private static String calculate(Child caller, Child provider) {
        provider.ask(op("serve").put("procedure", "calculator.add").put("expression", "a+b"),
                ANSWER_LIMIT);
        var request = op("call").put("procedure", "calculator.add");
        request.putObject("argument").put("a", 5).put("b", 3);
        var result = caller.ask(request, ANSWER_LIMIT).path("value").asText();
        if (!result.equals("8")) {
            throw new StepFailedException("5 + 3 came back as " + result);
        }
        return caller.name() + " asks " + provider.name() + " for 5 + 3 and gets " + result;
    }

    static ObjectNode op(String name) {
        return Json.object().put("op", name);
    }

    /// The payload of the next message on `topic`.
    static JsonNode message(Child child, String topic) {
        return message(child, topic, ANSWER_LIMIT);
    }

    private static JsonNode message(Child child, String topic, Duration patience) {
        var event = child.event(heard -> heard.path("topic").asText().equals(topic), patience,
                "hear " + topic);
        return switch (Json.parse(event.path("payload").asText())) {
            case Json.Parsed.Value(var payload) -> payload;
            case Json.Parsed.Malformed(var reason) -> throw new StepFailedException(reason);
        };
    }

    private static String shortId(JsonNode facts) {
        var id = facts.path("id").asText();
        return id.substring(0, Math.min(8, id.length()));
    }
}
