package io.macula.runtime.cli;

import io.macula.runtime.MaculaNode;
import io.macula.runtime.config.Nearest;
import io.macula.runtime.logging.Logging;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Reads a command line, runs the command and turns every way it can end into an exit code.
public final class Cli {

    private Cli() {}

    /// Runs one command line with real nodes.
    public static int run(String[] args, Console console) {
        return run(args, console, settings -> MaculaNode.start(settings));
    }

    /// Runs one command line to its end and returns its exit code. Never throws: an unexpected
    /// exception becomes one sentence, and a stack trace with `--debug`.
    public static int run(String[] args, Console console, NodeStarter starter) {
        var commands = commandLine(console, starter);
        if (args.length == 0) {
            commands.usage(console.err());
            return ExitCode.USAGE.number();
        }
        return commands.execute(args[0].equals("help") ? asOption(args) : args);
    }

    /// `help node` is what people type who mean `node --help`.
    private static String[] asOption(String[] args) {
        var words = new ArrayList<>(List.of(args));
        words.removeFirst();
        words.add("--help");
        return words.toArray(String[]::new);
    }

    /// The whole command model; the reference page is checked against it.
    static CommandLine commandLine(Console console, NodeStarter starter) {
        return new CommandLine(new MaculaCommand(), new CommandFactory(console, starter))
                .setOut(new PrintWriter(console.out(), true))
                .setErr(new PrintWriter(console.err(), true))
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100)
                .setAbbreviatedOptionsAllowed(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(Cli::execute)
                .setExecutionExceptionHandler((e, command, _) -> unexpected(console, e, command))
                .setParameterExceptionHandler((e, _) -> wrongUsage(console, e));
    }

    /// Decides how much is logged before anything of the node is loaded.
    private static int execute(ParseResult parsed) {
        var last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        var command = last.commandSpec().commandLine();
        Logging.level(MaculaCommand.isDebug(command)
                ? Logging.Level.DEBUG
                : isNode(last.commandSpec().userObject())
                        ? Logging.Level.INFO
                        : Logging.Level.WARN);
        return new CommandLine.RunLast().execute(parsed);
    }

    private static boolean isNode(Object command) {
        return command instanceof NodeCommand.Start || command instanceof DemoProcessCommand;
    }

    private static int wrongUsage(Console console, ParameterException e) {
        var command = e.getCommandLine();
        var name = command.getCommandSpec().qualifiedName();
        return console.fail(ExitCode.USAGE,
                explain(e) + " ('" + name + " --help' shows what is possible)");
    }

    private static String explain(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unknown(unmatched);
        }
        var message = String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong arguments");
        return Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }

    private static String unknown(UnmatchedArgumentException e) {
        var word = e.getUnmatched().getFirst();
        var spec = e.getCommandLine().getCommandSpec();
        if (word.startsWith("-")) {
            return "there is no option " + word
                    + didYouMean(word, spec.optionsMap().keySet().stream().toList());
        }
        if (!spec.subcommands().isEmpty()) {
            return "there is no command '" + word + "'"
                    + didYouMean(word, spec.subcommands().keySet().stream().toList());
        }
        return "'" + word + "' is one argument too many; quote a value that has blanks";
    }

    private static String didYouMean(String word, List<String> known) {
        return Nearest.to(word, known).map(near -> "; did you mean " + near + "?").orElse("");
    }

    private static int unexpected(Console console, Exception e, CommandLine command) {
        if (MaculaCommand.isDebug(command)) {
            e.printStackTrace(console.err());
        }
        return console.fail(ExitCode.FAILED, "unexpected " + e.getClass().getSimpleName() + ": "
                + e.getMessage() + "; run it again with --debug for the stack trace");
    }
}
