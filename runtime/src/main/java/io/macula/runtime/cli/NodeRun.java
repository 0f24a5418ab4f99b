package io.macula.runtime.cli;

import io.macula.runtime.MaculaNode.Started;
import io.macula.runtime.Node;
import io.macula.runtime.NodeSettings;
import io.macula.runtime.StartFailure;
import io.macula.runtime.config.DataDirectory;
import io.macula.runtime.config.DataDirectory.Opened;
import io.macula.runtime.config.Settings;
import io.macula.runtime.config.SettingsReader.Purpose;
import io.macula.runtime.config.SettingsReader.Read;
import java.time.Duration;
import java.util.Map;

/// Runs a node for as long as a command needs it, and takes it down again whatever happens.
final class NodeRun {

    /// What a command does with its node; returns the exit code.
    @FunctionalInterface
    interface Work {
        int with(Node node, Settings settings);
    }

    private final Console console;
    private final NodeStarter starter;

    NodeRun(Console console, NodeStarter starter) {
        this.console = console;
        this.starter = starter;
    }

    /// Runs `work` once the gateway has accepted this node.
    int asClient(GatewayOptions options, Work work) {
        var read = new Loading(console.environment()).read(options.settings(), null,
                Purpose.CLIENT);
        return switch (read) {
            case Read.Wrong wrong -> refuse(wrong);
            case Read.Ok(var settings) -> run(settings,
                    (node, used) -> joined(node, used, work));
        };
    }

    /// Runs `work` as soon as the node is up.
    int asNode(Map<String, String> options, String config, Work work) {
        var read = new Loading(console.environment()).read(options,
                config.isEmpty() ? null : config, Purpose.NODE);
        return switch (read) {
            case Read.Wrong wrong -> refuse(wrong);
            case Read.Ok(var settings) -> run(settings, work);
        };
    }

    private int refuse(Read.Wrong wrong) {
        wrong.problems().forEach(problem -> console.fail(ExitCode.USAGE, problem));
        return ExitCode.USAGE.number();
    }

    private int run(Settings settings, Work work) {
        var dataDir = settings.node().dataDirectory();
        if (dataDir.isEmpty()) {
            return start(settings, work);
        }
        return switch (DataDirectory.open(dataDir.get())) {
            case Opened.InUse(var message) -> console.fail(ExitCode.FAILED, message);
            case Opened.Unusable(var message) -> console.fail(ExitCode.USAGE, message);
            case Opened.Held(var directory) -> {
                try (directory) {
                    yield start(settings, work);
                }
            }
        };
    }

    private int start(Settings settings, Work work) {
        return switch (starter.start(settings.node())) {
            case Started.Failed(var failure) -> console.fail(code(failure), failure.message());
            case Started.Running(var node) -> {
                try (node) {
                    yield work.with(node, settings);
                }
            }
        };
    }

    private int joined(Node node, Settings settings, Work work) {
        var waiting = node.joined(settings.connectTimeout()).toCompletableFuture();
        var joined = Waiting.until(console, waiting,
                settings.connectTimeout().plus(Duration.ofSeconds(5)));
        if (joined.isEmpty()) {
            return console.stop().isDone()
                    ? ExitCode.OK.number()
                    : console.fail(ExitCode.UNREACHABLE, unreachable(settings.node()));
        }
        return switch (joined.get()) {
            case Node.Joined.Connected _ -> work.with(node, settings);
            case Node.Joined.Refused(_, var message) ->
                console.fail(ExitCode.NOT_AUTHORISED, message);
            case Node.Joined.Unreachable(var message) ->
                console.fail(ExitCode.UNREACHABLE, message);
        };
    }

    private static String unreachable(NodeSettings settings) {
        return "nobody answered at " + settings.peers().getFirst()
                + "; is a gateway running there?";
    }

    private static ExitCode code(StartFailure failure) {
        return switch (failure.kind()) {
            case USAGE -> ExitCode.USAGE;
            case NOT_AUTHORISED -> ExitCode.NOT_AUTHORISED;
            case FAILED -> ExitCode.FAILED;
        };
    }
}
