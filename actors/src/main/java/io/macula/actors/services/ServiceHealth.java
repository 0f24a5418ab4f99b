package io.macula.actors.services;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// Has the services of this node checked, each in its time, and offers those that are fit. A check
/// runs on a thread of the executor; one that takes too long has failed, and is not run again before it
/// has ended.
public final class ServiceHealth {

    public sealed interface Command {}

    record Added(CheckedService service) implements Command {}

    record Removed(CheckedService service) implements Command {}

    private record Due(CheckedService service) implements Command {}

    /// The check that runs has taken as long as it may.
    private record Late(CheckedService service) implements Command {}

    /// @param why empty when the check passed
    private record Ended(CheckedService service, String why) implements Command {}

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final CheckedServices services;
    private final Executor executor;
    private final Map<CheckedService, Checkup> checkups = new HashMap<>();
    /// Those whose running check has not been judged yet.
    private final Set<CheckedService> open = new HashSet<>();

    private ServiceHealth(ActorContext<Command> context, TimerScheduler<Command> timers,
            CheckedServices services, Executor executor) {
        this.context = context;
        this.timers = timers;
        this.services = services;
        this.executor = executor;
    }

    /// @param executor runs checks, which may block
    public static Behavior<Command> create(CheckedServices services, Executor executor) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.setLoggerName(ServiceHealth.class);
            var health = new ServiceHealth(context, timers, services, executor);
            services.all().forEach(health::added);
            return health.running();
        }));
    }

    private Behavior<Command> running() {
        return Behaviors.receiveMessage(command -> {
            switch (command) {
                case Added(var service) -> added(service);
                case Removed(var service) -> removed(service);
                case Due(var service) -> check(service);
                case Late(var service) -> judge(service,
                        "it took longer than " + service.patience().toMillis() + " ms");
                case Ended(var service, var why) -> ended(service, why);
            }
            return Behaviors.same();
        });
    }

    private void added(CheckedService service) {
        var before = new Checkup(service.isOffered().getAsBoolean(), 0);
        if (services.has(service) && checkups.putIfAbsent(service, before) == null) {
            check(service);
        }
    }

    private void removed(CheckedService service) {
        checkups.remove(service);
        open.remove(service);
        timers.cancel(new Due(service));
        timers.cancel(new Late(service));
    }

    private void check(CheckedService service) {
        open.add(service);
        timers.startSingleTimer(new Late(service), new Late(service), service.patience());
        context.pipeToSelf(CompletableFuture.supplyAsync(() -> result(service), executor),
                (why, failure) -> new Ended(service,
                        failure == null ? why : "it failed: " + failure));
    }

    private void ended(CheckedService service, String why) {
        judge(service, why);
        if (checkups.containsKey(service)) {
            timers.startSingleTimer(new Due(service), new Due(service), service.every());
        }
    }

    private static String result(CheckedService service) {
        try {
            return service.check().call() ? "" : "it said no";
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            return "it failed: " + e;
        }
    }

    private void judge(CheckedService service, String why) {
        var before = checkups.get(service);
        timers.cancel(new Late(service));
        if (before == null || !open.remove(service)) {
            return;
        }
        var current = new Checkup(service.isOffered().getAsBoolean(), before.failures());
        var next = why.isEmpty() ? current.passed() : current.failed(service.failuresMax());
        checkups.put(service, next.checkup());
        switch (next.verdict()) {
            case OFFER -> service.offer().run();
            case WITHDRAW -> {
                context.getLog()
                        .atWarn()
                        .addKeyValue("service", service.name())
                        .addKeyValue("reason", why)
                        .log("offered no more: its check does not pass");
                service.withdraw().run();
            }
            case LEAVE -> {
            }
        }
    }
}
