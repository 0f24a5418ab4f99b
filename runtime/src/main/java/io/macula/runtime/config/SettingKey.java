package io.macula.runtime.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One setting: where it stands and what it may be.
///
/// @param path
///            the full key, beginning with `macula.`
record SettingKey(String path, SettingForm form) {

    private static final String ROOT = "macula.";

    /// All of them, in the order of `reference.conf`; a test holds the two together.
    static final List<SettingKey> ALL = List.of(
            key("name", new SettingForm.Text(0, 64)),
            key("role", new SettingForm.Choice(List.of("gateway", "peer"))),
            key("data-dir", new SettingForm.FilePath()),
            key("peers", new SettingForm.Addresses(64)),
            key("realm.name", new SettingForm.Text(1, 255)),
            key("realm.secret-file", new SettingForm.FilePath()),
            key("realm.members", new SettingForm.NodeIds(10_000)),
            key("quic.provider", new SettingForm.Choice(List.of("auto", "netty", "kwik"))),
            key("quic.host", new SettingForm.Text(1, 255)),
            key("quic.port", new SettingForm.Whole(0, 65_535)),
            key("mesh.enabled", new SettingForm.Switch()),
            key("mesh.port", new SettingForm.Whole(0, 65_535)),
            key("mesh.links-max", new SettingForm.Whole(1, 10_000)),
            key("mesh.links-wanted", new SettingForm.Whole(0, 1_000)),
            key("lan.enabled", new SettingForm.Switch()),
            key("cluster.enabled", new SettingForm.Switch()),
            key("cluster.name", new SettingForm.Word("name")),
            key("cluster.host", new SettingForm.Text(1, 255)),
            key("cluster.port", new SettingForm.Whole(0, 65_535)),
            key("cluster.seeds", new SettingForm.HostPorts(20)),
            key("cluster.roles", new SettingForm.Roles(20)),
            key("cluster.members", new SettingForm.NodeIds(100)),
            key("cluster.silence-max", span(Duration.ofMillis(500), Duration.ofMinutes(1))),
            key("cluster.stable-after", span(Duration.ofSeconds(1), Duration.ofMinutes(2))),
            key("coordination.enabled", new SettingForm.Switch()),
            key("coordination.host", new SettingForm.Text(1, 255)),
            key("coordination.port", new SettingForm.Whole(0, 65_535)),
            key("coordination.voters-max", new SettingForm.Choice(List.of("1", "3", "5"))),
            key("coordination.replace-after", span(Duration.ofSeconds(5), Duration.ofDays(1))),
            key("coordination.elections", new SettingForm.Choice(List.of("server", "edge"))),
            key("global.services-max", new SettingForm.Whole(1, 60)),
            key("global.requests-max", new SettingForm.Whole(1, 1_000_000)),
            key("global.time-to-live", span(Duration.ofSeconds(1), Duration.ofMinutes(10))),
            key("apps.max", new SettingForm.Whole(1, 1_000)),
            key("apps.mailbox-max", new SettingForm.Whole(100, 10_000_000)),
            key("apps.requests-max", new SettingForm.Whole(1, 100_000)),
            key("apps.drain", span(Duration.ofMillis(100), Duration.ofMinutes(10))),
            key("http.enabled", new SettingForm.Switch()),
            key("http.host", new SettingForm.Text(1, 255)),
            key("http.port", new SettingForm.Whole(0, 65_535)),
            key("http.names", new SettingForm.HostNames(20)),
            key("http.connections-max", new SettingForm.Whole(10, 100_000)),
            key("http.sockets-max", new SettingForm.Whole(1, 100_000)),
            key("http.requests-max", new SettingForm.Whole(1, 10_000)),
            key("http.address-max", new SettingForm.Size(1 << 10, 64 << 10)),
            key("http.headers-max", new SettingForm.Size(4 << 10, 256 << 10)),
            key("http.file-max", new SettingForm.Size(64 << 10, 64 << 20)),
            key("http.message-max", new SettingForm.Size(64 << 10, 1 << 20)),
            key("http.pending-max", new SettingForm.Size(1 << 20, 16 << 20)),
            key("http.inbox-max", new SettingForm.Whole(16, 10_000)),
            key("http.request-timeout", span(Duration.ofSeconds(1), Duration.ofMinutes(5))),
            key("http.silence-max", span(Duration.ofSeconds(1), Duration.ofMinutes(5))),
            key("observe.traces.ratio", new SettingForm.Fraction()),
            key("observe.traces.per-second-max", new SettingForm.Whole(0, 1_000_000)),
            key("observe.traces.traces-max", new SettingForm.Whole(1, 100_000)),
            key("observe.traces.spans-max", new SettingForm.Whole(1, 1_000_000)),
            key("observe.traces.otlp", new SettingForm.WebAddress()),
            key("console.enabled", new SettingForm.Switch()),
            key("console.allow-actions", new SettingForm.Switch()),
            key("link.heartbeat", span(Duration.ofMillis(100), Duration.ofSeconds(30))),
            key("link.crowded-heartbeat", span(Duration.ofMillis(100), Duration.ofSeconds(30))),
            key("link.send-queue", new SettingForm.Size(64 << 10, 256 << 20)),
            key("link.send-pool", new SettingForm.Size(0, 1 << 30)),
            key("link.packet-max", new SettingForm.Size(1_200, 16 << 10)),
            key("wire.frame-max", new SettingForm.Size(64 << 10, 16 << 20)),
            key("peer.strategy", new SettingForm.Choice(List.of("one-for-all", "rest-for-one"))),
            key("gateway.clients-max", new SettingForm.Whole(1, 1_000_000)),
            key("gateway.mesh-links-max", new SettingForm.Whole(1, 100_000)),
            key("gateway.subscriptions-max-per-client", new SettingForm.Whole(1, 100_000)),
            key("gateway.procedures-max-per-client", new SettingForm.Whole(1, 100_000)),
            key("rpc.pending-calls-max", new SettingForm.Whole(1, 10_000_000)),
            key("advertisement.ttl", span(Duration.ofSeconds(1), Duration.ofDays(1))),
            key("advertisement.refresh", span(Duration.ofSeconds(1), Duration.ofDays(1))),
            key("advertisement.sweep", span(Duration.ofSeconds(1), Duration.ofDays(1))),
            key("dht.k", new SettingForm.Whole(4, 100)),
            key("dht.alpha", new SettingForm.Whole(1, 20)),
            key("dht.ttl", span(Duration.ofSeconds(1), Duration.ofMinutes(10))),
            key("dht.refresh", span(Duration.ofMillis(100), Duration.ofMinutes(10))),
            key("dht.sweep", span(Duration.ofSeconds(1), Duration.ofDays(1))),
            key("dht.cache", span(Duration.ofMillis(10), Duration.ofMinutes(5))),
            key("dht.cache-max", new SettingForm.Whole(100, 1_000_000)),
            key("dht.records-max", new SettingForm.Whole(10, 1_000_000)),
            key("dht.lookups-max", new SettingForm.Whole(10, 100_000)),
            key("state.enabled", new SettingForm.Switch()),
            key("state.cluster", new SettingForm.Text(1, 255)),
            key("state.durability", new SettingForm.Choice(List.of("async", "sync", "memory"))),
            key("state.flush", span(Duration.ofMillis(1), Duration.ofSeconds(10))),
            key("state.absence", span(Duration.ofSeconds(1), Duration.ofDays(1))),
            key("state.retire-after", span(Duration.ofMinutes(1), Duration.ofDays(365))),
            key("state.entries-max", new SettingForm.Whole(1_000, 100_000_000)),
            key("pubsub.dedup-window", new SettingForm.Whole(16, 10_000_000)),
            key("faults.allow", new SettingForm.Switch()),
            key("client.gateway", new SettingForm.Address()),
            key("client.connect-timeout", span(Duration.ofMillis(100), Duration.ofMinutes(10))));

    /// The environment variable that sets it: `MACULA_QUIC_PORT` for `macula.quic.port`.
    String variable() {
        return path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    static Optional<SettingKey> of(String path) {
        return ALL.stream().filter(key -> key.path().equals(path)).findFirst();
    }

    static Optional<SettingKey> ofVariable(String variable) {
        return ALL.stream().filter(key -> key.variable().equals(variable)).findFirst();
    }

    private static SettingKey key(String name, SettingForm form) {
        return new SettingKey(ROOT + name, form);
    }

    private static SettingForm span(Duration min, Duration max) {
        return new SettingForm.Span(min, max);
    }
}
