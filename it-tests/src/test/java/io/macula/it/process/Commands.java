package io.macula.it.process;

import io.macula.it.process.MaculaProcess.Ended;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a test types, wherever it then runs.
abstract class Commands {

    /// Starts a command with these arguments.
    abstract MaculaProcess start(String... arguments);

    /// A data directory that no other process of the test has.
    abstract Path newDataDir();

    /// Runs a command to its end.
    Ended run(String... arguments) {
        return start(arguments).ended();
    }

    /// Starts a gateway on any free ports with a data directory of its own, and waits until it is
    /// ready.
    Gateway gateway(String... more) {
        return gatewayIn(newDataDir(), "0", more);
    }

    /// Starts a gateway on a QUIC port.
    Gateway gatewayIn(Path dataDir, String quicPort, String... more) {
        return Gateway.ready(startGateway(dataDir, quicPort, more));
    }

    /// Starts a gateway and waits for nothing.
    MaculaProcess startGateway(Path dataDir, String quicPort, String... more) {
        var arguments = new ArrayList<>(List.of("node", "start", "--role", "gateway", "--json",
                "--http-port", "0", "--quic-port", quicPort, "--data-dir", dataDir.toString()));
        arguments.addAll(List.of(more));
        return start(arguments.toArray(String[]::new));
    }

    /// Subscribes, and waits until the gateway knows.
    MaculaProcess subscriber(Gateway gateway, String pattern, String... more) {
        var process = start(with(gateway, more, "sub", pattern));
        process.awaitErr("subscribed to " + pattern);
        return process;
    }

    /// Offers a procedure, and waits until the gateway knows.
    MaculaProcess server(Gateway gateway, String procedure, String... more) {
        var process = start(with(gateway, more, "serve", procedure));
        process.awaitErr("serving " + procedure);
        return process;
    }

    /// Calls a procedure and waits for the end.
    Ended call(Gateway gateway, String procedure, String argument, String... more) {
        return run(with(gateway, more, "call", procedure, argument));
    }

    /// Publishes a message and waits for the end.
    Ended publish(Gateway gateway, String topic, String payload, String... more) {
        return run(with(gateway, more, "pub", topic, payload));
    }

    private static String[] with(Gateway gateway, String[] more, String... words) {
        var arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("--gateway", gateway.quic()));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }
}
