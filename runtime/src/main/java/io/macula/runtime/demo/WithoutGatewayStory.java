package io.macula.runtime.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/// The gateway is killed, and the peers, which found each other while it was there, go on talking
/// over the direct links between them.
final class WithoutGatewayStory {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
    private static final double CELSIUS = 19.5;
    private static final int ROUNDS = 8;
    private static final Duration PAUSE = Duration.ofMillis(500);

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
        gateway.kill();
        stage.tell("the gateway, process " + gateway.pid() + ", is killed without a goodbye");
        var result = alice.ask(sum(), ANSWER_LIMIT).path("value").asText();
        if (!result.equals("8")) {
            throw new StepFailedException("5 + 3 came back as " + result);
        }
        stage.tell("alice asks carol for 5 + 3 again and gets " + result);
        var reading = Demo.op("publish").put("topic", "sensor.temp");
        reading.putObject("payload").put("celsius", CELSIUS);
        // What was on its way by the gateway is lost with it; the silence is noticed within 3 s.
        for (var round = 0; round < ROUNDS; round++) {
            bob.ask(reading.deepCopy(), ANSWER_LIMIT);
            java.util.concurrent.locks.LockSupport.parkNanos(PAUSE.toNanos());
        }
        var heard = Demo.message(carol, "sensor.temp");
        if (heard.path("celsius").asDouble() != CELSIUS) {
            throw new StepFailedException("something else arrived: " + heard);
        }
        return "alice and carol, bob and carol go on talking over direct links";
    }

    private static ObjectNode sum() {
        var request = Demo.op("call").put("procedure", "calculator.add");
        request.putObject("argument").put("a", 5).put("b", 3);
        return request;
    }
}
