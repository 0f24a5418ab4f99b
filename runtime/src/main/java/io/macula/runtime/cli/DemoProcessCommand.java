package io.macula.runtime.cli;

import io.macula.app.Rpc.Answer;
import io.macula.app.Rpc.Handler;
import io.macula.runtime.Node;
import io.macula.runtime.config.Settings;
import io.macula.runtime.demo.Coordinator;
import io.macula.runtime.demo.Puppet;
import io.macula.runtime.expr.Expression;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// One process of the demonstration: a node that does what its stdin says and ends with it.
@Command(name = "demo-process", hidden = true, header = "One process of the demonstration.")
final class DemoProcessCommand implements Callable<Integer> {

    /// What the process plays.
    enum Part {
        /// The gateway, with matchmaking in its process.
        COORDINATOR,
        /// A peer.
        PLAYER
    }

    private final Console console;
    private final NodeStarter starter;

    @Parameters(paramLabel = "PART", description = "coordinator or player") Part part = Part.PLAYER;

    @Option(names = "--realm", required = true) String realm = "";

    @Option(names = "--data-dir", required = true) String dataDir = "";

    @Option(names = "--gateway") String gateway = "";

    DemoProcessCommand(Console console, NodeStarter starter) {
        this.console = console;
        this.starter = starter;
    }

    @Override
    public Integer call() {
        return new NodeRun(console, starter).asNode(settings(), "", this::play);
    }

    private int play(Node node, Settings settings) {
        if (part == Part.COORDINATOR) {
            Coordinator.open(node);
        }
        new Puppet(node, console.out(), DemoProcessCommand::handler).start(console.in(),
                () -> console.stop().complete(null));
        return new NodeServer(console, true).run(node, settings.node());
    }

    private Map<String, String> settings() {
        var settings = new HashMap<>(Map.of("macula.realm.name", realm, "macula.data-dir", dataDir,
                "macula.quic.port", "0", "macula.http.port", "0", "macula.faults.allow", "true",
                "macula.role", part == Part.COORDINATOR ? "gateway" : "peer"));
        if (!gateway.isEmpty()) {
            settings.put("macula.peers", gateway);
        }
        return settings;
    }

    private static Handler handler(String expression) {
        return switch (Expression.parse(expression)) {
            case Expression.Parsed.Ok(var parsed) -> new ExpressionHandler(parsed);
            case Expression.Parsed.Wrong(_, var reason) -> _ -> new Answer.Failure(reason);
        };
    }
}
