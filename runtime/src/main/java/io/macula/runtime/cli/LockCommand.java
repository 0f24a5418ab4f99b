package io.macula.runtime.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.control.ControlClient.Answer;
import io.macula.runtime.json.Json;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Takes locks that all members of a Cluster agree on.
@Command(name = "lock", header = "Take a lock in the Cluster of a node on this machine.", synopsisSubcommandLabel = "COMMAND", subcommands = LockCommand.Acquire.class)
final class LockCommand {

    /// Takes one and holds it.
    @Command(name = "acquire", header = "Take the lock NAME, print its fence, and hold it until Ctrl-C.", description = "A majority of the voters decides; exit 5 when the lock was not granted in time, 1 when it was lost.")
    static final class Acquire implements Callable<Integer> {

        private final Console console;

        @Parameters(paramLabel = "NAME", description = "the name of a lock") String name = "";

        @Option(names = "--hold", paramLabel = "TIME", converter = TimeConverter.class, description = "Give it back after this time (default: at Ctrl-C).")
        @Nullable Duration hold;

        @Option(names = "--timeout", paramLabel = "TIME", converter = TimeConverter.class, description = "How long to wait for it, at most 10 m (default 10 s).") Duration timeout = Duration
                .ofSeconds(10);

        @Option(names = "--owner", paramLabel = "NAME", description = "What others see as its holder (default: macula-lock).") String owner = "macula-lock";

        @Mixin NodeOptions options = new NodeOptions();

        Acquire(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            if (timeout.toMillis() < 1 || timeout.compareTo(Duration.ofMinutes(10)) > 0) {
                return console.fail(ExitCode.USAGE, "--timeout has to be from 1 ms to 10 m");
            }
            var request = Json.object()
                    .put("name", name)
                    .put("owner", owner)
                    .put("timeout_ms", timeout.toMillis());
            return hold(request);
        }

        private int hold(ObjectNode request) {
            var stop = console.stop().copy();
            var asker = new NodeAsker(console, options);
            return switch (asker.client().lock(request, stop, granted -> {
                asker.show(granted, CoordinationPrinter::granted);
                if (hold != null) {
                    stop.completeOnTimeout(null, hold.toMillis(), TimeUnit.MILLISECONDS);
                }
            })) {
                case Answer.Ok _ -> ExitCode.OK.number();
                case Answer.Bad bad -> NodeAsker.failed(console, bad);
            };
        }
    }
}
