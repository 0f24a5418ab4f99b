package io.macula.actors.link.quic;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/// Decides whether a source address may open one more connection now: a token bucket per address,
/// of which a bounded number is kept. Pure but for its own table; loopback always may.
/// Safe to use from any thread.
public final class SourceGate {

    private record Bucket(double tokens, long atNanos) {}

    private final QuicConfig.SourceLimit limit;
    private final Map<InetAddress, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    public SourceGate(QuicConfig.SourceLimit limit) {
        this.limit = limit;
    }

    /// Takes a token of `source` if it has one.
    public synchronized boolean admit(InetAddress source, long nowNanos) {
        if (limit.connections() == 0 || source.isLoopbackAddress()) {
            return true;
        }
        var full = (double) limit.connections();
        var bucket = buckets.getOrDefault(source, new Bucket(full, nowNanos));
        var refilled = full * (nowNanos - bucket.atNanos()) / limit.window().toNanos();
        var tokens = Math.min(full, bucket.tokens() + Math.max(0, refilled));
        var admitted = tokens >= 1;
        buckets.put(source, new Bucket(admitted ? tokens - 1 : tokens, nowNanos));
        if (buckets.size() > limit.sourcesMax()) {
            buckets.remove(buckets.keySet().iterator().next());
        }
        return admitted;
    }

    /// Addresses remembered now.
    synchronized int sources() {
        return buckets.size();
    }
}
