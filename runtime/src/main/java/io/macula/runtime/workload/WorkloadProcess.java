package io.macula.runtime.workload;

import io.macula.runtime.Node;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// Runs one workload: starts its actor system, asks how it is, starts it again after a pause when it ended, and
/// drains and stops it. Starts follow each other more slowly the more often it ends, so that a
/// workload that cannot live costs the node next to nothing. What may block runs on threads of the
/// executor.
final class WorkloadProcess {

    sealed interface Command {}

    /// Stops what runs in good order and starts it again.
    record Restart() implements Command {}

    /// Drains, stops and ends for good.
    record Stop() implements Command {}

    private record Started(WorkloadSystem.Started result, WorkloadPlatform platform)
            implements
                Command {}

    private record Ended(WorkloadSystem system, String why) implements Command {}

    private record StartDue() implements Command {}

    private record HealthDue() implements Command {}

    private record Said(WorkloadSystem system, String problem) implements Command {}

    private record Stopped() implements Command {}

    /// What a process is made of.
    ///
    /// @param pekko the class loader that Pekko is found by
    record Parts(WorkloadSeat seat, Supplier<Node> node,
            Limits limits, ClassLoader pekko, Executor executor) {}

    /// @param drain how long it may take to finish what runs
    record Limits(int mailboxMax, int requestsMax, Duration drain) {}

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /// After so long a life the next pause is the first one again.
    private static final Duration LONG_LIFE = Duration.ofMinutes(1);

    private static final Duration HEALTH_EVERY = Duration.ofSeconds(5);

    /// For the tree to stop after it was drained.
    static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Parts parts;
    private Duration pause = FIRST_PAUSE;
    private long startedNanos;

    private WorkloadProcess(ActorContext<Command> context, TimerScheduler<Command> timers,
            Parts parts) {
        this.context = context;
        this.timers = timers;
        this.parts = parts;
    }

    static Behavior<Command> create(Parts parts) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.setLoggerName(WorkloadProcess.class);
            parts.seat().begin(context.getSelf());
            return new WorkloadProcess(context, timers, parts).starting();
        }));
    }

    private Behavior<Command> starting() {
        var seat = parts.seat();
        startedNanos = System.nanoTime();
        seat.is(WorkloadView.State.STARTING, seat.view().problem());
        var platform = new WorkloadPlatform(parts.node().get(), seat.loaded(),
                parts.limits().requestsMax());
        context.pipeToSelf(CompletableFuture.supplyAsync(
                () -> WorkloadSystem.start(seat.loaded(), platform, parts.limits().mailboxMax(),
                        parts.pekko()),
                parts.executor()),
                (result, failure) -> new Started(failure == null
                        ? result
                        : new WorkloadSystem.Started.Failed("it could not be started: " + failure),
                        platform));
        return Behaviors.receiveMessage(command -> switch (command) {
            case Started(WorkloadSystem.Started.Running(var system), var its) -> {
                seat.runs(system, its);
                yield running(system);
            }
            case Started(WorkloadSystem.Started.Failed(var why), var its) -> {
                its.close();
                yield failed(why);
            }
            case Stop() -> stopWhenStarted();
            case Restart _,Ended _,StartDue _,HealthDue _,Said _,Stopped _ -> Behaviors.same();
        });
    }

    private Behavior<Command> stopWhenStarted() {
        return Behaviors.receiveMessage(command -> switch (command) {
            case Started(WorkloadSystem.Started.Running(var system), var its) -> {
                parts.seat().runs(system, its);
                yield stopping(true);
            }
            case Started(WorkloadSystem.Started.Failed(_), var its) -> {
                its.close();
                yield over();
            }
            case Stop _,Restart _,Ended _,StartDue _,HealthDue _,Said _,Stopped _ ->
                Behaviors.same();
        });
    }

    private Behavior<Command> running(WorkloadSystem system) {
        parts.seat().is(WorkloadView.State.RUNNING, "");
        context.getLog()
                .atInfo()
                .addKeyValue("workload", parts.seat().name())
                .addKeyValue("version", parts.seat().view().version())
                .log("workload runs");
        context.pipeToSelf(system.ended(), (why, failure) -> new Ended(system,
                failure == null ? why : String.valueOf(failure)));
        timers.startSingleTimer(HealthDue.class, new HealthDue(), HEALTH_EVERY);
        return Behaviors.receiveMessage(command -> switch (command) {
            case Ended(var its, var why) when its == system -> {
                parts.seat().abandon();
                yield failed(why);
            }
            case HealthDue() -> ask(system);
            case Said(var its, var problem) when its == system -> said(problem);
            case Restart() -> stopping(false);
            case Stop() -> stopping(true);
            case Ended _,Said _,Started _,StartDue _,Stopped _ -> Behaviors.same();
        });
    }

    private Behavior<Command> ask(WorkloadSystem system) {
        var workload = parts.seat().loaded().workload();
        var asked = CompletableFuture
                .supplyAsync(() -> workload.isHealthy() ? "" : "it says it is not well",
                        parts.executor())
                .completeOnTimeout("it did not say how it is within " + HEALTH_EVERY.toSeconds()
                        + " s", HEALTH_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        context.pipeToSelf(asked, (problem, failure) -> new Said(system,
                failure == null ? problem : "asked how it is, it failed: " + failure.getCause()));
        return Behaviors.same();
    }

    private Behavior<Command> said(String problem) {
        var before = parts.seat().view().problem();
        parts.seat()
                .is(problem.isEmpty()
                        ? WorkloadView.State.RUNNING
                        : WorkloadView.State.UNHEALTHY, problem);
        if (!problem.isEmpty() && !problem.equals(before)) {
            warn("workload is not well", problem);
        }
        timers.startSingleTimer(HealthDue.class, new HealthDue(), HEALTH_EVERY);
        return Behaviors.same();
    }

    private void warn(String message, String reason) {
        context.getLog()
                .atWarn()
                .addKeyValue("workload", parts.seat().name())
                .addKeyValue("reason", reason)
                .log(message);
    }

    private Behavior<Command> failed(String why) {
        parts.seat().is(WorkloadView.State.FAILED, why);
        if (System.nanoTime() - startedNanos > LONG_LIFE.toNanos()) {
            pause = FIRST_PAUSE;
        }
        warn("workload ended, is started again in " + pause.toMillis() + " ms", why);
        timers.cancel(HealthDue.class);
        timers.startSingleTimer(StartDue.class, new StartDue(), pause);
        var doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        return Behaviors.receiveMessage(command -> switch (command) {
            case StartDue() -> {
                parts.seat().startsAgain();
                yield starting();
            }
            case Restart() -> {
                timers.cancel(StartDue.class);
                pause = FIRST_PAUSE;
                yield starting();
            }
            case Stop() -> over();
            case Ended _,Said _,Started _,HealthDue _,Stopped _ -> Behaviors.same();
        });
    }

    /// @param forGood
    ///            whether it ends, or is started again
    private Behavior<Command> stopping(boolean forGood) {
        parts.seat().is(WorkloadView.State.DRAINING, "");
        timers.cancel(HealthDue.class);
        context.pipeToSelf(CompletableFuture.runAsync(this::stopInOrder, parts.executor()),
                (_, _) -> new Stopped());
        return Behaviors.receiveMessage(command -> switch (command) {
            case Stopped() -> forGood ? over() : starting();
            case Stop() -> forGood ? Behaviors.same() : stoppingForGood();
            case Restart _,Ended _,Said _,Started _,StartDue _,HealthDue _ -> Behaviors.same();
        });
    }

    private Behavior<Command> stoppingForGood() {
        return Behaviors.receiveMessage(command -> switch (command) {
            case Stopped() -> over();
            case Stop _,Restart _,Ended _,Said _,Started _,StartDue _,HealthDue _ ->
                Behaviors.same();
        });
    }

    /// Blocks. What it has registered goes last, so that it can finish what runs.
    private void stopInOrder() {
        var seat = parts.seat();
        var workload = seat.loaded().workload();
        var system = seat.takeSystem();
        var platform = seat.takePlatform();
        try {
            workload.drain()
                    .toCompletableFuture()
                    .get(parts.limits().drain().toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
        }
        if (system != null) {
            system.stop(STOP_PATIENCE);
        }
        try {
            workload.stop();
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
            context.getSystem().log().warn("a workload failed while it was stopped", e);
        }
        if (platform != null) {
            platform.close();
        }
    }

    private Behavior<Command> over() {
        parts.seat().is(WorkloadView.State.STOPPED, "");
        parts.seat().end();
        return Behaviors.stopped();
    }
}
