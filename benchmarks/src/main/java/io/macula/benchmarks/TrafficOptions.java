package io.macula.benchmarks;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What may be said of subjects that are about messages and calls.
final class TrafficOptions {

    private static final int PAYLOAD_BYTES = 128;
    private static final int PAYLOAD_MIN = 64;
    private static final int PAYLOAD_MAX = 64 * 1024;
    private static final int SECONDS = 6;
    private static final int SECONDS_MAX = 600;
    static final int QUICK_SECONDS = 2;
    private static final int CONNECTIONS = 10_000;
    private static final int CONNECTIONS_MIN = 10;
    private static final int MINUTES_MIN = 2;
    private static final int MINUTES_MAX = 60;
    private static final int QUICK_CONNECTIONS = 1_000;

    @Option(names = "--payload", paramLabel = "BYTES", description = "Messages and calls: bytes of each, 64 to 65536; 128 by default.")
    @Nullable Integer payloadBytes;

    @Option(names = "--seconds", paramLabel = "N", description = "Messages and calls: how long each is measured, 1 to 600; 6 by default, 2 with --quick.")
    @Nullable Integer measuredSeconds;

    @Option(names = "--minutes", paramLabel = "N", description = "memory: also the heaps of two nodes after so many minutes at 50 000 messages a second, 2 to 60.")
    @Nullable Integer minutes;

    @Option(names = "--install", description = "Fetch the brokers that are missing with apt, after asking.") boolean install;

    @Option(names = "--connections", paramLabel = "N", description = "connections: how many, 10 to 10000; 10000 by default, 1000 with --quick.")
    @Nullable Integer wantedConnections;

    boolean isUsed() {
        return payloadBytes != null || measuredSeconds != null || wantedConnections != null
                || minutes != null || install;
    }

    /// What is wrong with them, one sentence.
    Optional<String> problem(Bench.Subject subject) {
        if (wantedConnections != null && subject != Bench.Subject.CONNECTIONS) {
            return Optional.of("--connections belongs to the subject connections");
        }
        if (minutes != null && subject != Bench.Subject.MEMORY) {
            return Optional.of("--minutes belongs to the subject memory");
        }
        return badNumber();
    }

    private Optional<String> badNumber() {
        if (connections() < CONNECTIONS_MIN || connections() > CONNECTIONS) {
            return Optional.of("--connections has to be " + CONNECTIONS_MIN + " to " + CONNECTIONS);
        }
        if (minutes != null && (minutes < MINUTES_MIN || minutes > MINUTES_MAX)) {
            return Optional.of("--minutes has to be " + MINUTES_MIN + " to " + MINUTES_MAX);
        }
        if (payload() < PAYLOAD_MIN || payload() > PAYLOAD_MAX) {
            return Optional.of("--payload has to be " + PAYLOAD_MIN + " to " + PAYLOAD_MAX);
        }
        return seconds() < 1 || seconds() > SECONDS_MAX
                ? Optional.of("--seconds has to be 1 to " + SECONDS_MAX)
                : Optional.empty();
    }

    int payload() {
        return payloadBytes == null ? PAYLOAD_BYTES : payloadBytes;
    }

    int connections() {
        return wantedConnections == null ? CONNECTIONS : wantedConnections;
    }

    int seconds() {
        return measuredSeconds == null ? SECONDS : measuredSeconds;
    }

    /// So long is measured, unless something else was said.
    void usually(int seconds) {
        if (measuredSeconds == null) {
            measuredSeconds = seconds;
        }
    }

    /// Less of everything, unless something else was said.
    void quick(Bench.Subject subject) {
        usually(QUICK_SECONDS);
        if (wantedConnections == null && subject == Bench.Subject.CONNECTIONS) {
            wantedConnections = QUICK_CONNECTIONS;
        }
    }
}
