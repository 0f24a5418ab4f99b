package io.macula.runtime.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.json.Json;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Reads and changes shared state through a running node.
@Command(name = "state", header = "Read and change the state that nodes share, through a node on this machine.", synopsisSubcommandLabel = "COMMAND", subcommands = {
    StateCommand.Get.class, StateCommand.Put.class, StateCommand.Add.class,
    StateCommand.Remove.class, StateCommand.Incr.class, StateCommand.Watch.class,
    StateCopyCommands.Diff.class, StateCopyCommands.Snapshot.class,
    StateCopyCommands.Restore.class})
final class StateCommand {

    static ObjectNode request(String what, String key) {
        return Json.object().put("do", what).put("key", key);
    }

    /// Reads a value, or lists keys.
    @Command(name = "get", header = "Print what is kept under KEY; without KEY, the keys there are.")
    static final class Get implements Callable<Integer> {

        private final Console console;

        @Parameters(paramLabel = "KEY", arity = "0..1", description = "the name of a value")
        @Nullable String key;

        @Option(names = "--prefix", paramLabel = "TEXT", description = "Without KEY: only keys that begin with TEXT.") String prefix = "";

        @Option(names = "--at-least", paramLabel = "VERSION", description = "Wait until what this version stands for is visible; every change prints one with --json.")
        @Nullable String atLeast;

        @Mixin NodeOptions options = new NodeOptions();

        Get(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            var asker = new NodeAsker(console, options);
            if (key == null) {
                return asker.run(node -> node.state(request("keys", prefix)), StatePrinter::keys);
            }
            var request = request("get", key);
            if (atLeast != null) {
                request.put("at_least", atLeast);
            }
            return asker.run(node -> node.state(request), StatePrinter::values);
        }
    }

    /// Writes a register.
    @Command(name = "put", header = "Write VALUE into the register KEY; the last write wins.")
    static final class Put implements Callable<Integer> {

        private final Console console;

        @Parameters(index = "0", paramLabel = "KEY", description = "at most 512 bytes") String key = "";

        @Parameters(index = "1", paramLabel = "VALUE", description = "at most 64 KiB") String value = "";

        @Mixin NodeOptions options = new NodeOptions();

        Put(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            return new NodeAsker(console, options).run(
                    node -> node.state(request("put", key).put("value", value)),
                    StatePrinter::nothing);
        }
    }

    /// Adds to a set.
    @Command(name = "add", header = "Add ELEMENT to the set KEY.")
    static final class Add implements Callable<Integer> {

        private final Console console;

        @Parameters(index = "0", paramLabel = "KEY", description = "at most 512 bytes") String key = "";

        @Parameters(index = "1", paramLabel = "ELEMENT", description = "at most 4 KiB") String element = "";

        @Mixin NodeOptions options = new NodeOptions();

        Add(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            return new NodeAsker(console, options).run(
                    node -> node.state(request("add", key).put("element", element)),
                    StatePrinter::nothing);
        }
    }

    /// Removes from a set, or a whole value.
    @Command(name = "remove", header = "Remove ELEMENT from the set KEY; without ELEMENT, all that is kept under KEY.", description = "What another node adds at the same time stays.")
    static final class Remove implements Callable<Integer> {

        private final Console console;

        @Parameters(index = "0", paramLabel = "KEY", description = "the name of a value") String key = "";

        @Parameters(index = "1", paramLabel = "ELEMENT", arity = "0..1", description = "an element of the set")
        @Nullable String element;

        @Mixin NodeOptions options = new NodeOptions();

        Remove(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            var request = request("remove", key);
            if (element != null) {
                request.put("element", element);
            }
            return new NodeAsker(console, options).run(node -> node.state(request),
                    StatePrinter::nothing);
        }
    }

    /// Counts.
    @Command(name = "incr", header = "Add BY to the counter KEY and print what it comes to on this node.")
    static final class Incr implements Callable<Integer> {

        private final Console console;

        @Parameters(index = "0", paramLabel = "KEY", description = "at most 512 bytes") String key = "";

        @Parameters(index = "1", paramLabel = "BY", arity = "0..1", description = "a whole number, below 0 to count down (default 1)") long by = 1;

        @Mixin NodeOptions options = new NodeOptions();

        Incr(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            return new NodeAsker(console, options).run(
                    node -> node.state(request("incr", key).put("by", by)), StatePrinter::count);
        }
    }

    /// Follows changes.
    @Command(name = "watch", header = "Print what is there and every change, until Ctrl-C.")
    static final class Watch implements Callable<Integer> {

        private final Console console;

        @Parameters(paramLabel = "KEY", arity = "0..1", description = "the name of a value; without it, all keys")
        @Nullable String key;

        @Option(names = "--prefix", paramLabel = "TEXT", description = "Without KEY: only keys that begin with TEXT.") String prefix = "";

        @Option(names = "--count", paramLabel = "N", description = "End after N lines.")
        @Nullable Integer count;

        @Option(names = "--timeout", paramLabel = "TIME", converter = TimeConverter.class, description = "End after this time; exit 5 if --count has not been reached.")
        @Nullable Duration timeout;

        @Mixin NodeOptions options = new NodeOptions();

        Watch(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            if (count != null && count < 1) {
                return console.fail(ExitCode.USAGE, "--count has to be at least 1");
            }
            var request = Json.object();
            if (key == null) {
                request.put("prefix", prefix);
            } else {
                request.put("key", key);
            }
            return new StateWatcher(console, options.json, count == null ? 0 : count, timeout)
                    .run(options.dataDir, request);
        }
    }
}
