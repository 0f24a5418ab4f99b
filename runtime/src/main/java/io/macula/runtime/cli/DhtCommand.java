package io.macula.runtime.cli;

import io.macula.runtime.json.Json;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Asks the DHT through a running node.
@Command(name = "dht", header = "Ask the DHT through a node on this machine.", synopsisSubcommandLabel = "COMMAND", subcommands = {
    DhtCommand.Get.class, DhtCommand.Put.class, DhtCommand.Lookup.class, DhtCommand.Table.class,
    DhtCommand.Providers.class})
final class DhtCommand {

    /// Finds a value.
    @Command(name = "get", header = "Print the value that is kept under KEY.")
    static final class Get implements Callable<Integer> {

        private final Console console;

        @Parameters(paramLabel = "KEY", description = "a name of 1 to 255 characters") String key = "";

        @Mixin NodeOptions options = new NodeOptions();

        Get(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            var request = Json.object().put("do", "get").put("key", key);
            return new NodeAsker(console, options).run(node -> node.dht(request),
                    DhtPrinter::value);
        }
    }

    /// Stores a value.
    @Command(name = "put", header = "Keep VALUE under KEY at the nodes nearest to it.", description = "The key belongs to this node until the value expires: nobody else can change it.")
    static final class Put implements Callable<Integer> {

        private final Console console;

        @Parameters(index = "0", paramLabel = "KEY", description = "a name of 1 to 255 characters") String key = "";

        @Parameters(index = "1", paramLabel = "VALUE", description = "at most 4096 bytes") String value = "";

        @Option(names = "--ttl", paramLabel = "TIME", converter = TimeConverter.class, defaultValue = "1h", description = "How long it is kept, at most 24h (default ${DEFAULT-VALUE}).") Duration ttl = Duration
                .ofHours(1);

        @Mixin NodeOptions options = new NodeOptions();

        Put(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            var request = Json.object()
                    .put("do", "put")
                    .put("key", key)
                    .put("value", value)
                    .put("ttl_ms", ttl.toMillis());
            return new NodeAsker(console, options).run(node -> node.dht(request), DhtPrinter::kept);
        }
    }

    /// Finds nodes.
    @Command(name = "lookup", header = "Find the nodes nearest to an id or a key.")
    static final class Lookup implements Callable<Integer> {

        private final Console console;

        @Parameters(paramLabel = "ID|KEY", description = "40 hexadecimal digits, or the key of a value") String target = "";

        @Option(names = "--trace", description = "Show every node that was asked, and what came of it.") boolean trace;

        @Mixin NodeOptions options = new NodeOptions();

        Lookup(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            var request = Json.object().put("do", "lookup").put("key", target);
            return new NodeAsker(console, options).run(node -> node.dht(request),
                    trace ? DhtPrinter::trace : DhtPrinter::nodes);
        }
    }

    /// Shows the routing table.
    @Command(name = "table", header = "Show which nodes the node knows.")
    static final class Table implements Callable<Integer> {

        private final Console console;

        @Mixin NodeOptions options = new NodeOptions();

        Table(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            return new NodeAsker(console, options)
                    .run(node -> node.dht(Json.object().put("do", "table")), DhtPrinter::table);
        }
    }

    /// Finds providers.
    @Command(name = "providers", header = "Show who offers a procedure, or who wants a topic.")
    static final class Providers implements Callable<Integer> {

        /// Of what kind the name is.
        static final class Kind {

            @Option(names = "--procedure", description = "NAME is a procedure (default).") boolean procedure;

            @Option(names = "--topic", description = "NAME is a topic or a pattern.") boolean topic;
        }

        private final Console console;

        @Parameters(paramLabel = "NAME", description = "a procedure, a topic or a pattern") String name = "";

        @ArgGroup(exclusive = true)
        @Nullable Kind kind;

        @Mixin NodeOptions options = new NodeOptions();

        Providers(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            var request = Json.object()
                    .put("do", "providers")
                    .put("kind", kind != null && kind.topic ? "topic" : "procedure")
                    .put("name", name);
            return new NodeAsker(console, options).run(node -> node.dht(request),
                    DhtPrinter::providers);
        }
    }
}
