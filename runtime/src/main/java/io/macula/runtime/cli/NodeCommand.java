package io.macula.runtime.cli;

import static io.macula.runtime.cli.GatewayOptions.put;

import io.macula.runtime.logging.Logging;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Nodes that stay.
@Command(name = "node", header = "Run a node.", synopsisSubcommandLabel = "COMMAND", subcommands = {
    NodeCommand.Start.class, NodeCommand.Drain.class})
final class NodeCommand {

    /// Runs a node in this process.
    @Command(name = "start", header = "Run a node here until Ctrl-C or SIGTERM.", description = "Prints its id and addresses when it is ready. Settings come from "
            + "these options, then MACULA_* in the environment, then the "
            + "configuration file, then the defaults.")
    static final class Start implements Callable<Integer> {

        private final Console console;
        private final NodeStarter starter;

        @Option(names = "--role", paramLabel = "ROLE", description = "gateway: listens and relays; peer: dials gateways (default: peer).")
        @Nullable String role;

        @Option(names = "--name", paramLabel = "NAME", description = "A name for people (default: the role).")
        @Nullable String name;

        @Option(names = "--realm", paramLabel = "NAME", description = "The realm (default: local).")
        @Nullable String realm;

        @Option(names = "--realm-secret", paramLabel = "FILE", description = "File with the secret that closes the realm.")
        @Nullable String realmSecret;

        @Option(names = "--member", paramLabel = "ID", arity = "1..*", description = "Ids of the only nodes of the realm.")
        @Nullable List<String> members;

        @Option(names = "--data-dir", paramLabel = "DIR", description = "The node's own folder (default: ~/.local/state/macula/ROLE).")
        @Nullable String dataDir;

        @Option(names = "--listen", paramLabel = "HOST", description = "Address to listen on (default: 127.0.0.1).")
        @Nullable String listen;

        @Option(names = "--quic-port", paramLabel = "PORT", description = "UDP port a gateway listens on, 0 for any (default: 9443).")
        @Nullable String quicPort;

        @Option(names = "--http-port", paramLabel = "PORT", description = "TCP port of /health, 0 for any (default: 9080).")
        @Nullable String httpPort;

        @Option(names = "--peer", paramLabel = "ADDR", arity = "1..*", description = "Gateways to stay connected to.")
        @Nullable List<String> peers;

        @Option(names = "--lan", description = "Find nodes of the realm on the local network by multicast DNS, and be found.") boolean lan;

        @Option(names = "--config", paramLabel = "FILE", description = "Configuration file (default: macula.conf in the data directory).") String config = "";

        @Option(names = "--allow-chaos", description = "Let tools crash processes of this node and cut it off from others, for tests.") boolean allowChaos;

        @Option(names = "--allow-actions", description = "Let users of the console publish, call and restart here.") boolean allowActions;

        @Option(names = "--log", paramLabel = "FORM", defaultValue = "auto", description = "How the log on stderr looks: text, json, or auto: text on a terminal and JSON elsewhere (default: ${DEFAULT-VALUE}).") Logging.Format log = Logging.Format.AUTO;

        @Option(names = "--json", description = "Print one JSON object when ready.") boolean json;

        Start(Console console, NodeStarter starter) {
            this.console = console;
            this.starter = starter;
        }

        @Override
        public Integer call() {
            Logging.format(log);
            return new NodeRun(console, starter).asNode(settings(), config,
                    (node, settings) -> new NodeServer(console, json).run(node,
                            settings.node()));
        }

        private Map<String, String> settings() {
            var given = new HashMap<String, String>();
            put(given, "macula.role", role);
            put(given, "macula.name", name);
            put(given, "macula.realm.name", realm);
            put(given, "macula.realm.secret-file", realmSecret);
            put(given, "macula.realm.members", joined(members));
            put(given, "macula.data-dir", dataDir);
            put(given, "macula.quic.host", listen);
            put(given, "macula.quic.port", quicPort);
            put(given, "macula.http.port", httpPort);
            put(given, "macula.peers", joined(peers));
            put(given, "macula.lan.enabled", lan ? "true" : null);
            put(given, "macula.console.allow-actions", allowActions ? "true" : null);
            put(given, "macula.faults.allow", allowChaos ? "true" : null);
            return given;
        }

        private static @Nullable String joined(@Nullable List<String> values) {
            return values == null ? null : String.join(",", values);
        }
    }

    /// Ends a node in good order.
    @Command(name = "drain", header = "End a node on this machine in good order.", description = {
        "It takes nothing new, stops its workloads, hands over what it leads, finishes what runs, leaves its Cluster and stops. "
                + "Each step is told on stderr.",
        "Exit code 5 when the time was over first: what was not finished by then is left behind."})
    static final class Drain implements Callable<Integer> {

        private final Console console;

        @Parameters(arity = "0..1", paramLabel = "NODE", description = "The folder of the node, or its name there, such as gateway or peer (default: of the gateway or peer that runs).")
        @Nullable String node;

        @Option(names = "--data-dir", paramLabel = "DIR", description = "The node's folder, instead of NODE.")
        @Nullable String dataDir;

        @Option(names = "--timeout", paramLabel = "TIME", converter = TimeConverter.class, defaultValue = "30s", description = "How long what runs may take to finish (default: ${DEFAULT-VALUE}).") Duration timeout = Duration
                .ofSeconds(30);

        @Option(names = "--json", description = "Print one JSON object for each step.") boolean json;

        Drain(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            var folder = node != null && dataDir == null
                    ? NamedNode.folder(console, node)
                    : RunningFolder.of(console, dataDir, timeout);
            return new Drainer(console, json).run(folder, timeout);
        }
    }
}
