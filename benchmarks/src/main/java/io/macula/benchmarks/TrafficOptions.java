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

    @Option(names = "--payload", paramLabel = "BYTES", description = "Messages and calls: bytes of each, 64 to 65536; 128 by default.")
    @Nullable Integer payloadBytes;

    @Option(names = "--seconds", paramLabel = "N", description = "Messages and calls: how long each is measured, 1 to 600; 6 by default, 2 with --quick.")
    @Nullable Integer measuredSeconds;

    @Option(names = "--install", description = "Fetch the brokers that are missing with apt, after asking.") boolean install;

    boolean isUsed() {
        return payloadBytes != null || measuredSeconds != null || install;
    }

    /// What is wrong with them, one sentence.
    Optional<String> problem() {
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

    int seconds() {
        return measuredSeconds == null ? SECONDS : measuredSeconds;
    }

    /// Unless something else was said.
    void usually(int seconds) {
        if (measuredSeconds == null) {
            measuredSeconds = seconds;
        }
    }
}
