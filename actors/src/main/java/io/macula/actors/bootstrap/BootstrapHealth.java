package io.macula.actors.bootstrap;

import java.time.Duration;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Asks the bootstrap server and its registry now and then whether they still answer, and reports
/// when that changes.
public final class BootstrapHealth {

    public sealed interface Command {}

    private record CheckDue() implements Command {}

    private record ServerAnswered(boolean inTime) implements Command {}

    private record RegistryAnswered(boolean inTime) implements Command {}

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ActorContext<Command> context;
    private final ActorRef<BootstrapServer.Command> server;
    private final ActorRef<BootstrapRegistry.Command> registry;
    private final Consumer<Boolean> report;

    private BootstrapHealth(ActorContext<Command> context,
            ActorRef<BootstrapServer.Command> server,
            ActorRef<BootstrapRegistry.Command> registry, Consumer<Boolean> report) {
        this.context = context;
        this.server = server;
        this.registry = registry;
        this.report = report;
    }

    /// @param report told after each check whether both answer
    public static Behavior<Command> create(ActorRef<BootstrapServer.Command> server,
            ActorRef<BootstrapRegistry.Command> registry, Duration every,
            Consumer<Boolean> report) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.setLoggerName(BootstrapHealth.class);
            timers.startTimerWithFixedDelay(new CheckDue(), every);
            return new BootstrapHealth(context, server, registry, report).checking(true, true);
        }));
    }

    private Behavior<Command> checking(boolean serverOk, boolean registryOk) {
        return Behaviors.receiveMessage(command -> switch (command) {
            case CheckDue() -> {
                check();
                yield Behaviors.same();
            }
            case ServerAnswered(var inTime) -> reported(inTime, registryOk);
            case RegistryAnswered(var inTime) -> reported(serverOk, inTime);
        });
    }

    private void check() {
        context.ask(BootstrapServer.Answered.class, server, PATIENCE,
                BootstrapServer.HowMany::new,
                (_, failure) -> new ServerAnswered(failure == null));
        context.ask(BootstrapRegistry.Listed.class, registry, PATIENCE,
                BootstrapRegistry.Listing::new,
                (_, failure) -> new RegistryAnswered(failure == null));
    }

    private Behavior<Command> reported(boolean serverOk, boolean registryOk) {
        if (!serverOk || !registryOk) {
            context.getLog()
                    .atWarn()
                    .addKeyValue("server", serverOk)
                    .addKeyValue("registry", registryOk)
                    .log("bootstrap does not answer");
        }
        report.accept(serverOk && registryOk);
        return checking(serverOk, registryOk);
    }
}
