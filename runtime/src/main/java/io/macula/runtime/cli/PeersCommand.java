package io.macula.runtime.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Shows whom a running node talks to.
@Command(name = "peers", header = "Show the nodes that a node on this machine talks to.", description = "For each: kind, path (direct, relayed, or upgrading from the second to the first), "
        + "address, round trip, bytes sent and received.")
final class PeersCommand implements Callable<Integer> {

    private final Console console;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "The node's folder (default: of the gateway or peer that runs).")
    @Nullable String dataDir;

    @Option(names = "--json", description = "Print one JSON object per line.") boolean json;

    PeersCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return new PeersPrinter(console).run(dataDir, json);
    }
}
