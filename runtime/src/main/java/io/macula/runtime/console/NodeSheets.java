package io.macula.runtime.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.macula.actors.dht.Discovery;
import io.macula.runtime.Node;
import io.macula.runtime.control.NodePlace;
import io.macula.runtime.json.Json;
import java.util.LinkedHashMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What one node shows, put into sheets when it is asked for.
final class NodeSheets {

    /// A row of `facts` that holds a figure begins so.
    static final String FIGURE = "figure:";

    private static final long TABLE_PATIENCE_MILLIS = 1_000;

    private final Node node;
    private final Allowed allowed;
    private final String folder;
    private final Happenings happenings;

    /// @param folder
    ///            the node's own, for commands; empty when it has none
    NodeSheets(Node node, Allowed allowed, String folder, Happenings happenings) {
        this.node = node;
        this.allowed = allowed;
        this.folder = folder;
        this.happenings = happenings;
    }

    Sheet sheet(Section section) {
        return switch (section) {
            case FACTS -> facts();
            case PEERS -> peers();
            case TREES -> TreeRows.of(node.trees());
            case EVENTS -> happenings.sheet();
            case DHT -> node.discovery().map(NodeSheets::table).orElse(Sheet.EMPTY);
            case STATE -> node.sharedState().map(StateRows::of).orElse(Sheet.EMPTY);
            case TRACES -> TraceRows.of(node.traces().recent(TraceRows.TRACES_MAX));
        };
    }

    private Sheet facts() {
        var report = node.report();
        var rows = new LinkedHashMap<String, JsonNode>();
        var who = Json.object()
                .put("name", report.name())
                .put("role", report.role())
                .put("realm", report.realm())
                .put("status", report.status())
                .put("folder", folder)
                .put("actions", allowed.actions())
                .put("chaos", allowed.chaos());
        who.set("place", NodePlace.json(NodePlace.of(node)));
        who.put("cut", node.cut().map(cut -> cut.others().size()).orElse(0));
        rows.put("node", who);
        rows.put("uptime", Json.object().put("s", report.uptime().toSeconds()));
        new TreeMap<>(report.checks()).forEach((part, state) -> rows.put("check:" + part,
                Json.object().put("state", state)));
        FlowRows.put(rows, node.metrics().snapshot());
        new TreeMap<>(report.figures()).forEach((name, value) -> rows.put(FIGURE + name,
                Json.object().put("v", value)));
        return new Sheet(rows);
    }

    private Sheet peers() {
        var rows = new LinkedHashMap<String, JsonNode>();
        node.peers()
                .forEach(peer -> rows.put(peer.node().hex(), Json.object()
                        .put("kind", peer.kind())
                        .put("path", peer.path())
                        .put("address", peer.address())
                        .put("rtt_us", peer.roundTrip().toNanos() / 1_000)
                        .put("sent", peer.sentBytes())
                        .put("received", peer.receivedBytes())));
        return new Sheet(rows);
    }

    private static Sheet table(Discovery discovery) {
        var rows = new LinkedHashMap<String, JsonNode>();
        try {
            discovery.table()
                    .toCompletableFuture()
                    .get(TABLE_PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                    .ifPresent(table -> {
                        rows.put("table", Json.object()
                                .put("values", table.values())
                                .put("provided_keys", table.providedKeys())
                                .put("own_keys", table.ownKeys()));
                        table.contacts()
                                .forEach(entry -> rows.put(entry.contact().id().hex(), Json
                                        .object()
                                        .put("bucket", entry.bucket())
                                        .put("address", entry.contact().endpoint().toString())
                                        .put("failures", entry.failures())));
                    });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            return Sheet.EMPTY; // a table that does not answer has nothing to show
        }
        return new Sheet(rows);
    }
}
