package io.macula.runtime.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The workloads of a running node.
@Command(name = "app", header = "Deploy workloads to a node on this machine, and look after them.", synopsisSubcommandLabel = "COMMAND", subcommands = {
    AppCommand.Deploy.class, AppCommand.ListAll.class, AppCommand.Stop.class,
    AppCommand.Restart.class})
final class AppCommand {

    private static final String FENCE = "The fence of the leader on whose behalf it is done; one older than was seen before is refused.";

    /// A workload is drained and stopped, and another started, before the node answers.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private AppCommand() {}

    /// What is done with a workload that is there.
    private abstract static class Named implements Callable<Integer> {

        private final Console console;
        private final String what;

        @Parameters(paramLabel = "NAME", description = "the name of a workload") String name = "";

        @Option(names = "--fence", paramLabel = "N", description = FENCE) long fence;

        @Mixin NodeOptions options = new NodeOptions();

        Named(Console console, String what) {
            this.console = console;
            this.what = what;
        }

        @Override
        public Integer call() {
            return new NodeAsker(console, options, PATIENCE)
                    .run(node -> node.app(request(what, fence).put("name", name)), AppPrinter::one);
        }
    }

    private static ObjectNode request(String what, long fence) {
        return Json.object().put("do", what).put("fence", fence);
    }

    /// Brings one.
    @Command(name = "deploy", header = "Deploy a workload: a jar file, or a class the node already has.", description = "The jar is copied into the node's folder and started again with the node. A workload of the same name is drained and replaced, once the new one was found fit to be loaded. It runs in the node's process with all its rights: deploy only what you trust.")
    static final class Deploy implements Callable<Integer> {

        private final Console console;

        @Parameters(paramLabel = "JAR|CLASS", description = "a file, or the full name of a class") String source = "";

        @Option(names = "--fence", paramLabel = "N", description = FENCE) long fence;

        @Mixin NodeOptions options = new NodeOptions();

        Deploy(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            var request = request("deploy", fence);
            var file = file();
            if (file == null) {
                request.put("class", source);
            } else if (Files.isRegularFile(file)) {
                request.put("jar", file.toAbsolutePath().normalize().toString());
            } else {
                return console.fail(ExitCode.NOT_FOUND, "there is no file " + source);
            }
            return new NodeAsker(console, options, PATIENCE).run(node -> node.app(request),
                    AppPrinter::one);
        }

        /// Null for what reads as the name of a class.
        private @Nullable Path file() {
            return source.endsWith(".jar") || source.indexOf('/') >= 0 || source.indexOf('\\') >= 0
                    ? Path.of(source)
                    : null;
        }
    }

    /// Shows them.
    @Command(name = "list", header = "Show the workloads of the node: name, version, state, how often each was started again, and what ails it.")
    static final class ListAll implements Callable<Integer> {

        private final Console console;

        @Mixin NodeOptions options = new NodeOptions();

        ListAll(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            return new NodeAsker(console, options, PATIENCE)
                    .run(node -> node.app(request("list", 0)), AppPrinter::all);
        }
    }

    /// Ends one.
    @Command(name = "stop", header = "Drain and stop the workload NAME; it stays deployed until it is restarted or replaced.")
    static final class Stop extends Named {

        Stop(Console console) {
            super(console, "stop");
        }
    }

    /// Ends one and starts it.
    @Command(name = "restart", header = "Drain and stop the workload NAME if it runs, and start it.")
    static final class Restart extends Named {

        Restart(Console console) {
            super(console, "restart");
        }
    }
}
