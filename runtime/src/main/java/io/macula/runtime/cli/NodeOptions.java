package io.macula.runtime.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which running node a command asks, and how it prints the answer.
final class NodeOptions {

    @Option(names = "--data-dir", paramLabel = "DIR", description = "The node's folder (default: of the gateway or peer that runs).")
    @Nullable String dataDir;

    @Option(names = "--json", description = "Print one JSON object, or one per line.") boolean json;
}
