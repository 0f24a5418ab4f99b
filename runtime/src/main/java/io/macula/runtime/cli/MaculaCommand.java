package io.macula.runtime.cli;

import java.io.IOException;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The program itself: its options reach every command.
@Command(name = "macula", versionProvider = MaculaCommand.Version.class, header = "Supervised actors on a self-organising QUIC mesh.", synopsisSubcommandLabel = "COMMAND", subcommands = {
    DemoCommand.class, NodeCommand.class, PubCommand.class, SubCommand.class,
    CallCommand.class,
    ServeCommand.class, StateCommand.class, DhtCommand.class, TreeCommand.class, PeersCommand.class,
    TraceCommand.class, WhyNotCommand.class,
    TopCommand.class, DoctorCommand.class,
    AppCommand.class, ClusterCommand.class, LockCommand.class, LeaderCommand.class,
    CrashCommand.class, KillCommand.class, RestartCommand.class, PartitionCommand.class,
    HealCommand.class, SimCommand.class, WireCommand.class,
    TopicCommand.class, DemoProcessCommand.class}, footer = {"",
        "Data goes to stdout, talk to stderr. Exit codes: 0 ok, 1 failed, 2 usage,",
        "3 not found, 4 not authorised, 5 timeout or unreachable."})
final class MaculaCommand {

    @Option(names = {"-h",
        "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "Show what is possible here.") boolean help;

    @Option(names = "--version", versionHelp = true, description = "Show the version.") boolean version;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Log in detail, and show the stack trace of an unexpected error.") boolean debug;

    /// Whether `--debug` was given anywhere on the line `command` belongs to.
    static boolean isDebug(CommandLine command) {
        var root = command;
        while (root.getParent() != null) {
            root = root.getParent();
        }
        return root.getCommandSpec().userObject() instanceof MaculaCommand macula && macula.debug;
    }

    /// The version the build wrote into the jar.
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() throws IOException {
            var properties = new Properties();
            try (var in = MaculaCommand.class.getResourceAsStream("version.properties")) {
                properties.load(in);
            }
            return new String[]{"macula " + properties.getProperty("version")};
        }
    }
}
