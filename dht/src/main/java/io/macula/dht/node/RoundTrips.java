package io.macula.dht.node;

/// The round-trip time of this node's requests, smoothed (RFC 6298, 2), over all contacts: a lookup
/// talks to each of them too seldom for an estimate of its own.
final class RoundTrips {

    private final NodeConfig config;
    private int smoothedMicros = -1;
    private int deviationMicros;

    RoundTrips(NodeConfig config) {
        this.config = config;
    }

    void measured(long millis) {
        var micros = (int) Math.min(millis, 60_000) * 1000;
        if (smoothedMicros < 0) {
            smoothedMicros = micros;
            deviationMicros = micros / 2;
            return;
        }
        deviationMicros += (Math.abs(smoothedMicros - micros) - deviationMicros) / 4;
        smoothedMicros += (micros - smoothedMicros) / 8;
    }

    /// When a request is slow: the round trip and four deviations, within the configured bounds.
    long softMillis() {
        if (smoothedMicros < 0) {
            return config.softMax().toMillis();
        }
        var millis = (smoothedMicros + 4L * deviationMicros) / 1000;
        return Math.clamp(millis, config.softMin().toMillis(), config.softMax().toMillis());
    }
}
