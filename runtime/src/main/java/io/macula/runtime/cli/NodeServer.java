package io.macula.runtime.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.Node;
import io.macula.runtime.NodeSettings;
import io.macula.runtime.control.ControlServer;
import io.macula.runtime.control.ControlServer.Started;
import io.macula.runtime.json.Json;
import io.macula.runtime.logging.Logging;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out `node start`: offers the control socket, tells where the node is, and waits for
/// its end.
public final class NodeServer {

    private static final Logger LOG = LoggerFactory.getLogger(NodeServer.class);

    /// How long running calls may take to finish after the wish to stop.
    private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(10);

    /// How long the node may take to stop when what ran is finished or left behind.
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(35);

    private static final Duration FOR_EVER = Duration.ofDays(3_650);

    private final Console console;
    private final boolean json;
    private final CompletableFuture<Node.Stopped> ended = new CompletableFuture<>();
    private Wish wish = new Wish(DRAIN_PATIENCE, _ -> {}, new CompletableFuture<>());

    /// How the node is to be ended.
    ///
    /// @param done completed when it has stopped
    private record Wish(Duration patience, Consumer<String> progress,
            CompletableFuture<Boolean> done) {}

    public NodeServer(Console console, boolean json) {
        this.console = console;
        this.json = json;
    }

    /// Serves until the user, a tool or the node itself ends it; returns the exit code.
    public int run(Node node, NodeSettings settings) {
        var control = new RunningNode(node, settings, this::drain);
        Logging.speaker(node.id().hex(), settings.realm().name());
        var dataDir = settings.dataDirectory();
        if (dataDir.isEmpty()) {
            return serve(node, settings);
        }
        return switch (ControlServer.start(dataDir.get(), control)) {
            case Started.Failed(var message) -> console.fail(ExitCode.FAILED, message);
            case Started.Listening(var server) -> {
                try (server) {
                    yield serve(node, settings);
                }
            }
        };
    }

    /// Only the first wish counts: the second waits for it.
    private synchronized CompletionStage<Boolean> drain(Duration patience,
            Consumer<String> progress) {
        if (!ended.isDone()) {
            wish = new Wish(patience, progress, wish.done());
            ended.complete(new Node.Stopped(true, "drained on request"));
        }
        return wish.done().minimalCompletionStage();
    }

    private synchronized Wish wish() {
        return wish;
    }

    private int serve(Node node, NodeSettings settings) {
        node.stopped().thenAccept(ended::complete);
        if (!settings.peers().isEmpty()) {
            node.joined(Duration.ofMinutes(1)).thenAccept(NodeServer::report);
        }
        announce(node, settings);
        var how = Waiting.until(console, ended, FOR_EVER);
        if (how.isPresent() && !how.get().isOnPurpose()) {
            return console.fail(ExitCode.FAILED, "the node gave up (" + how.get().reason()
                    + "): its processes crashed more often than their restart limits allow");
        }
        var asked = wish();
        var isWhole = node.drain(asked.patience(), asked.progress())
                .toCompletableFuture()
                .completeOnTimeout(false, asked.patience().plus(STOP_PATIENCE).toMillis(),
                        TimeUnit.MILLISECONDS)
                .join();
        asked.done().complete(isWhole);
        return ExitCode.OK.number();
    }

    private static void report(Node.Joined joined) {
        switch (joined) {
            case Node.Joined.Connected(var peer) ->
                LOG.atInfo().addKeyValue("peer", peer.hex()).log("connected");
            case Node.Joined.Refused(_, var message) -> LOG.atWarn().log(message);
            case Node.Joined.Unreachable(var message) -> LOG.atWarn().log(message);
        }
    }

    private void announce(Node node, NodeSettings settings) {
        var facts = facts(node, settings);
        if (json) {
            console.print(Json.write(facts));
            return;
        }
        console.print("node " + settings.name() + " is ready");
        facts.properties()
                .forEach(fact -> console.print(
                        "  %-9s %s".formatted(fact.getKey(), fact.getValue().asText())));
    }

    private static ObjectNode facts(Node node, NodeSettings settings) {
        var facts = Json.object()
                .put("id", node.id().hex())
                .put("role", settings.role().name().toLowerCase(Locale.ROOT))
                .put("realm", settings.realm().name());
        node.quicAddress()
                .ifPresent(quic -> facts.put("quic", text(quic))
                        .put("address",
                                "macula://" + node.id().hex() + "@" + text(quic)));
        node.httpAddress().ifPresent(http -> facts.put("http", "http://" + text(http)));
        settings.dataDirectory().ifPresent(path -> facts.put("data_dir", path.toString()));
        return facts;
    }

    private static String text(InetSocketAddress address) {
        var host = address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
