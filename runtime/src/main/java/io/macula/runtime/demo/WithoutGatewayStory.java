package io.macula.runtime.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// The gateway is killed, and the peers, which found each other while it was there, go on talking
/// over the direct links between them.
final class WithoutGatewayStory {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
    private static final double CELSIUS = 19.5;
    private static final Duration LINK_LIMIT = Duration.ofSeconds(12);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Stage stage;
    private final Child gateway;
    private final Child alice;
    private final Child bob;
    private final Child carol;

    WithoutGatewayStory(Stage stage, Child gateway, Child alice, Child bob, Child carol) {
        this.stage = stage;
        this.gateway = gateway;
        this.alice = alice;
        this.bob = bob;
        this.carol = carol;
    }

    String play() {
        awaitDirect(alice, carol);
        awaitDirect(bob, carol);
        stage.tell("alice and bob have direct links to carol by now");
        gateway.kill();
        stage.tell("the gateway, process " + gateway.pid() + ", is killed without a goodbye");
        var result = alice.ask(sum(), ANSWER_LIMIT).path("value").asText();
        if (!result.equals("8")) {
            throw new StepFailedException("5 + 3 came back as " + result);
        }
        stage.tell("alice asks carol for 5 + 3 again and gets " + result);
        var reading = MeshStory.op("publish").put("topic", "sensor.temp");
        reading.putObject("payload").put("celsius", CELSIUS);
        bob.ask(reading, ANSWER_LIMIT);
        var heard = MeshStory.message(carol, "sensor.temp");
        if (heard.path("celsius").asDouble() != CELSIUS) {
            throw new StepFailedException("something else arrived: " + heard);
        }
        return "alice and carol, bob and carol go on talking over direct links";
    }

    /// What is on its way by the gateway is lost with it, so the links have to stand before.
    private static void awaitDirect(Child one, Child other) {
        var id = other.ready(ANSWER_LIMIT).path("id").asText();
        var until = System.nanoTime() + LINK_LIMIT.toNanos();
        while (!isDirect(one, id)) {
            if (System.nanoTime() - until > 0) {
                throw new StepFailedException(one.name() + " has no direct link to "
                        + other.name() + " after " + LINK_LIMIT.toSeconds() + " s");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static boolean isDirect(Child child, String id) {
        for (var peer : child.ask(MeshStory.op("peers"), ANSWER_LIMIT).path("peers")) {
            if (peer.path("id").asText().equals(id)) {
                return peer.path("path").asText().equals("direct");
            }
        }
        return false;
    }

    private static ObjectNode sum() {
        var request = MeshStory.op("call").put("procedure", "calculator.add");
        request.putObject("argument").put("a", 5).put("b", 3);
        return request;
    }
}
