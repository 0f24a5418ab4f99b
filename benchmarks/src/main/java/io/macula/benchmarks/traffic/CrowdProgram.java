package io.macula.benchmarks.traffic;

import io.macula.actors.link.PeerAddress;
import io.macula.runtime.NodeSettings;
import java.time.Duration;

/// What a process of a crowd answers: `dial COUNT PER_SECOND`, `tries`, `subscribe FIRST`, `talk FIRST ALL RATE MILLIS`,
/// `heard` and `ended`, each with one number; and `failures` with what went wrong, in words.
record CrowdProgram(Crowd crowd) {

    static CrowdProgram of(String gateway, String heartbeatMillis) {
        return new CrowdProgram(new Crowd(PeerAddress.parse(gateway).orElseThrow(),
                NodeSettings.DEFAULT_REALM,
                Duration.ofMillis(Long.parseLong(heartbeatMillis))));
    }

    String answer(String[] words) throws InterruptedException {
        return words[0].equals("failures")
                ? crowd.failures()
                : Long.toString(number(words));
    }

    private long number(String[] words) throws InterruptedException {
        return switch (words[0]) {
            case "tries" -> crowd.tries();
            case "dial" -> crowd.dial(Integer.parseInt(words[1]),
                    Integer.parseInt(words[2]));
            case "subscribe" -> crowd.subscribe(Integer.parseInt(words[1]));
            case "talk" -> crowd.talk(Integer.parseInt(words[1]), Integer.parseInt(words[2]),
                    Integer.parseInt(words[3]), Duration.ofMillis(Long.parseLong(words[4])));
            case "heard" -> crowd.heard();
            case "ended" -> crowd.ended();
            default -> throw new IllegalArgumentException(words[0]);
        };
    }
}
