package io.macula.runtime.config;

import com.typesafe.config.Config;
import io.macula.actors.cluster.ClusterAddress;
import io.macula.actors.cluster.ClusterSettings;
import io.macula.actors.dht.DhtConfig;
import io.macula.actors.http.HttpLimits;
import io.macula.actors.link.PeerAddress;
import io.macula.dht.NodeId;
import io.macula.runtime.ConsoleTuning;
import io.macula.runtime.CoordinationTuning;
import io.macula.runtime.HttpTuning;
import io.macula.runtime.LinkTuning;
import io.macula.runtime.NodeSettings;
import io.macula.runtime.NodeSettings.RealmSettings;
import io.macula.runtime.PlatformTuning;
import io.macula.runtime.Role;
import io.macula.runtime.StateTuning;
import io.macula.runtime.Tuning;
import io.macula.runtime.config.SettingsReader.Purpose;
import io.macula.runtime.config.SettingsReader.Read;
import io.macula.runtime.trace.TraceTuning;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Turns values that are each right by themselves into settings, and checks what has to hold
/// between them.
final class SettingsBuilder {

    private final Config config;
    private final SettingsSources sources;
    private final Purpose purpose;
    private final List<String> problems = new ArrayList<>();

    SettingsBuilder(Config config, SettingsSources sources, Purpose purpose) {
        this.config = config;
        this.sources = sources;
        this.purpose = purpose;
    }

    Read build() {
        if (span("advertisement.refresh").compareTo(span("advertisement.ttl")) >= 0) {
            problems.add("macula.advertisement.refresh has to be shorter than "
                    + "macula.advertisement.ttl, or offers are forgotten before they are renewed");
        }
        if (span("dht.refresh").compareTo(span("dht.ttl")) >= 0) {
            problems.add("macula.dht.refresh has to be shorter than macula.dht.ttl, or records are "
                    + "forgotten before they are renewed");
        }
        var settings = new Settings(node(), PeerAddress.parse(text("client.gateway")).orElseThrow(),
                span("client.connect-timeout"));
        return problems.isEmpty() ? new Read.Ok(settings) : new Read.Wrong(problems);
    }

    private NodeSettings node() {
        var role = purpose == Purpose.CLIENT
                ? Role.PEER
                : Role.valueOf(text("role").toUpperCase(Locale.ROOT));
        var name = text("name").isEmpty() ? role.name().toLowerCase(Locale.ROOT) : text("name");
        var realm = new RealmSettings(text("realm.name"), path("realm.secret-file"),
                list("realm.members"));
        var quic = quic(role);
        checkLan(quic);
        return new NodeSettings(name, role, realm, dataDirectory(role), quic, http(), peers(),
                purpose == Purpose.NODE && flag("faults.allow"), tuning(), cluster());
    }

    private void checkLan(@Nullable InetSocketAddress quic) {
        if (purpose != Purpose.NODE || !flag("lan.enabled")) {
            return;
        }
        if (quic == null) {
            problems.add(
                    "macula.lan.enabled needs a node that listens; set macula.mesh.enabled = true");
        } else if (quic.getAddress() != null && quic.getAddress().isLoopbackAddress()) {
            problems.add("macula.lan.enabled finds nobody while the node listens on "
                    + text("quic.host")
                    + ", which no other machine reaches; set macula.quic.host to "
                    + "an address of the local network");
        }
    }

    private @Nullable ClusterSettings cluster() {
        if (purpose != Purpose.NODE || !flag("cluster.enabled")) {
            return null;
        }
        if (!ClusterAddress.isHost(text("cluster.host"))) {
            problems.add("macula.cluster.host has to be a name or an address, an IPv6 address in "
                    + "brackets, not '" + text("cluster.host") + "'");
            return null;
        }
        return new ClusterSettings(text("cluster.name"), text("cluster.host"),
                number("cluster.port"),
                list("cluster.seeds").stream()
                        .map(seed -> ClusterAddress.parse(seed).orElseThrow())
                        .toList(),
                list("cluster.roles"),
                list("cluster.members").stream()
                        .map(id -> NodeId.parse(id).orElseThrow())
                        .collect(Collectors.toSet()),
                span("cluster.silence-max"), span("cluster.stable-after"));
    }

    private @Nullable Path dataDirectory(Role role) {
        if (purpose == Purpose.CLIENT && !sources.options().containsKey("macula.data-dir")) {
            return null;
        }
        var given = path("data-dir");
        return given != null
                ? given
                : sources.stateFolder().resolve(role.name().toLowerCase(Locale.ROOT));
    }

    private @Nullable InetSocketAddress quic(Role role) {
        if (role == Role.GATEWAY) {
            return address("quic");
        }
        if (purpose != Purpose.NODE || !flag("mesh.enabled")) {
            return null;
        }
        var isTold = sources.options().containsKey("macula.quic.port");
        return address("quic.host", isTold ? "quic.port" : "mesh.port");
    }

    private @Nullable InetSocketAddress http() {
        return purpose == Purpose.NODE && flag("http.enabled") ? address("http") : null;
    }

    private InetSocketAddress address(String group) {
        return address(group + ".host", group + ".port");
    }

    private InetSocketAddress address(String host, String port) {
        var address = new InetSocketAddress(text(host), number(port));
        if (address.isUnresolved()) {
            problems.add("macula." + host + ": there is no host '" + text(host)
                    + "'; give an address of this machine, such as 127.0.0.1");
        }
        return address;
    }

    private List<PeerAddress> peers() {
        var written = purpose == Purpose.CLIENT ? List.of(text("client.gateway")) : list("peers");
        return written.stream().map(text -> PeerAddress.parse(text).orElseThrow()).toList();
    }

    private Tuning tuning() {
        return new Tuning(text("quic.provider"), text("peer.strategy"), link(),
                size("wire.frame-max"), number("gateway.clients-max"),
                number("gateway.mesh-links-max"), number("mesh.links-max"),
                number("mesh.links-wanted"), number("gateway.subscriptions-max-per-client"),
                number("gateway.procedures-max-per-client"), number("rpc.pending-calls-max"),
                span("advertisement.ttl"), span("advertisement.refresh"),
                span("advertisement.sweep"), number("pubsub.dedup-window"),
                flag("lan.enabled"), dht(), state(), coordination(),
                platform(), httpTuning(), traces());
    }

    private LinkTuning link() {
        return new LinkTuning(span("link.heartbeat"), span("link.crowded-heartbeat"),
                size("link.send-queue"), size("link.send-pool"), size("link.packet-max"));
    }

    private TraceTuning traces() {
        return new TraceTuning(config.getDouble("macula.observe.traces.ratio"),
                number("observe.traces.per-second-max"), number("observe.traces.traces-max"),
                number("observe.traces.spans-max"), text("observe.traces.otlp"));
    }

    private CoordinationTuning coordination() {
        boolean isWanted = purpose == Purpose.NODE && flag("coordination.enabled");
        if (isWanted && !flag("cluster.enabled")) {
            problems.add("macula.coordination.enabled needs a member of a Cluster; set "
                    + "macula.cluster.enabled = true");
        }
        return new CoordinationTuning(isWanted, text("coordination.host"),
                number("coordination.port"), number("coordination.voters-max"),
                span("coordination.replace-after"), CoordinationTuning.Elections
                        .valueOf(text("coordination.elections").toUpperCase(Locale.ROOT)));
    }

    private PlatformTuning platform() {
        return new PlatformTuning(number("global.services-max"), number("global.requests-max"),
                span("global.time-to-live"), number("apps.max"), number("apps.mailbox-max"),
                number("apps.requests-max"), span("apps.drain"));
    }

    private HttpTuning httpTuning() {
        if (number("http.sockets-max") >= number("http.connections-max")) {
            problems.add("macula.http.sockets-max has to be less than "
                    + "macula.http.connections-max, or open sockets leave no room for requests");
        }
        return new HttpTuning(list("http.names"), size("http.file-max"),
                new HttpLimits(number("http.connections-max"), number("http.sockets-max"),
                        number("http.requests-max"), size("http.address-max"),
                        size("http.headers-max"), size("http.message-max"),
                        size("http.pending-max"), number("http.inbox-max"),
                        span("http.request-timeout"), span("http.silence-max")),
                new ConsoleTuning(flag("console.enabled"), flag("console.allow-actions")));
    }

    private StateTuning state() {
        return new StateTuning(flag("state.enabled"), text("state.cluster"),
                StateTuning.Durability.valueOf(text("state.durability").toUpperCase(Locale.ROOT)),
                span("state.flush"), span("state.absence"), span("state.retire-after"),
                number("state.entries-max"));
    }

    private DhtConfig dht() {
        if (span("dht.refresh").compareTo(span("dht.ttl")) >= 0) {
            return DhtConfig.DEFAULT; // told as a problem already
        }
        return new DhtConfig(number("dht.k"), number("dht.alpha"), span("dht.ttl"),
                span("dht.refresh"), span("dht.sweep"), span("dht.cache"),
                number("dht.cache-max"), number("dht.records-max"), number("dht.lookups-max"),
                DhtConfig.DEFAULT.inboxMax());
    }

    private String text(String name) {
        return config.getString("macula." + name);
    }

    private @Nullable Path path(String name) {
        return text(name).isEmpty() ? null : Path.of(text(name));
    }

    private List<String> list(String name) {
        return SettingForm.list(config.getValue("macula." + name)).orElseThrow();
    }

    private int number(String name) {
        return config.getInt("macula." + name);
    }

    private int size(String name) {
        return Math.toIntExact(config.getBytes("macula." + name));
    }

    private boolean flag(String name) {
        return config.getBoolean("macula." + name);
    }

    private Duration span(String name) {
        return TimeText.parse(text(name)).orElseThrow();
    }
}
