package io.macula.supervision;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// Every decision of a supervisor: which child starts, stops or restarts next, what is answered, and
/// when the supervisor itself ends. Deterministic and without threads; [Overseer] carries it out.
///
/// Requests and deaths wait in arrival order while a plan is being done, as in the mailbox of an OTP
/// supervisor whose callback blocks.
final class SupervisorCore {

    private final Spec spec;
    private final Shell shell;
    private final Window window;
    private final ChildTable table = new ChildTable();
    private final Plan plan = new Plan();
    private final Deque<Supervisor.Command> inbox = new ArrayDeque<>();
    private final Requests requests;
    private final Halts halts;
    private @Nullable Exit exit;

    SupervisorCore(Spec spec, Window window, Shell shell) {
        this.spec = spec;
        this.window = window;
        this.shell = shell;
        this.halts = new Halts(spec, shell, this::forget);
        this.requests = new Requests(spec, table, plan, register(), shell::wasChild);
    }

    private Requests.Register register() {
        return new Requests.Register() {
            @Override
            public Cell add(Child<?> child) {
                return SupervisorCore.this.add(child);
            }

            @Override
            public void forget(Cell cell) {
                SupervisorCore.this.forget(cell);
            }
        };
    }

    /// Why the supervisor is to end; null while it is to go on.
    @Nullable
    Exit exit() {
        return exit;
    }

    /// The child called `id`, as long as it is known.
    @Nullable
    Cell find(String id) {
        return table.find(id);
    }

    @Nullable
    Cell find(ActorRef<?> ref) {
        return table.find(ref);
    }

    void begin() {
        for (var child : spec.children()) {
            plan.start(add(child), this::rollBack);
        }
        plan.then(shell::up);
        run();
    }

    private void rollBack(Cell failed, Exit reason) {
        leaveAfterHalt(new Exit.Failed(new StartFailedException(failed.id(), reason)));
    }

    void on(Supervisor.Command command) {
        switch (command) {
            case Internal.Ready(var cell, var life) -> ready(cell, life);
            case Internal.StopDue(var cell, var life) -> halts.stopDue(cell, life);
            case Internal.StopTogetherDue(var group, var limit) ->
                halts.stopTogetherDue(group, limit);
            case Internal.AbandonDue(var cell, var life) -> abandonDue(cell, life);
            case Internal.KillChild(var id) -> killFromOutside(id);
            case Internal.Kill() -> killAll();
            default -> inbox.add(command);
        }
        run();
    }

    /// Does what can be done now.
    private void run() {
        while (exit == null) {
            var step = plan.current();
            if (step == null) {
                var next = inbox.poll();
                if (next == null) {
                    return;
                }
                handle(next);
            } else if (!perform(step)) {
                return;
            }
        }
    }

    /// False when the step has to wait.
    private boolean perform(Plan.Step step) {
        return switch (step) {
            case Plan.Do(var action) -> {
                plan.done();
                action.run();
                yield true;
            }
            case Plan.Start(var cell, _) -> {
                if (cell.state != ChildState.STARTING) {
                    spawn(cell);
                }
                yield false;
            }
            case Plan.Halt(var cell) -> {
                var over = halts.halt(cell, true);
                if (over) {
                    plan.done();
                }
                yield over;
            }
            case Plan.HaltTogether group -> {
                if (!group.begun) {
                    halts.haltTogether(group);
                }
                if (group.waiting == 0) {
                    plan.done();
                }
                yield group.waiting == 0;
            }
        };
    }

    private Cell add(Child<?> child) {
        var cell = table.add(child);
        shell.added(cell);
        return cell;
    }

    private void forget(Cell cell) {
        if (table.remove(cell)) {
            shell.forgotten(cell);
        }
    }

    // --- starting

    private void spawn(Cell cell) {
        cell.attempts++;
        cell.incarnation = new Incarnation(shell.nextTicket());
        cell.become(ChildState.STARTING);
        shell.spawn(cell);
    }

    private void ready(Cell cell, Incarnation life) {
        if (!cell.isLife(life) || cell.state != ChildState.STARTING) {
            return;
        }
        cell.generation++;
        cell.failures = 0;
        cell.become(ChildState.RUNNING);
        plan.done();
        shell.report(new Event.Started(cell.id(), cell.generation));
    }

    private void startFailed(Cell cell, Exit reason) {
        var step = plan.current();
        cell.lastExit = reason;
        cell.become(ChildState.DOWN);
        shell.report(new Event.StartFailed(cell.id(), reason));
        plan.clear();
        if (step instanceof Plan.Start(_, var onFailure)) {
            onFailure.accept(cell, reason);
        }
    }

    private void ignored(Cell cell) {
        plan.done();
        shell.report(new Event.Ignored(cell.id()));
        halts.settle(cell);
    }

    // --- stopping

    private void abandonDue(Cell cell, Incarnation life) {
        if (cell.isLife(life) && cell.dead == null && cell.ref != null) {
            var thread = life.thread();
            shell.report(new Event.Abandoned(cell.id(), cell.generation,
                    thread == null ? List.of() : List.of(thread.getStackTrace())));
            shell.abandon(cell);
            gone(cell, new Exit.Killed(), false);
        }
    }

    private void killFromOutside(String id) {
        var cell = table.find(id);
        if (cell != null && cell.ref != null && cell.dead == null) {
            halts.kill(cell);
        }
    }

    /// Dies at once: nothing is asked, order does not matter, no cleanup runs.
    private void killAll() {
        plan.clear();
        inbox.clear();
        for (var cell : table) {
            if (cell.ref != null && cell.dead == null) {
                cell.become(ChildState.STOPPING);
                halts.kill(cell);
            }
        }
        plan.haltTogether(table.inOrder());
        leave(new Exit.Killed());
    }

    private void leaveAfterHalt(Exit reason) {
        plan.clear();
        if (spec.strategy() == Strategy.DYNAMIC) {
            plan.haltTogether(table.inOrder());
        } else {
            table.inOrder().reversed().forEach(plan::halt);
        }
        leave(reason);
    }

    private void leave(Exit reason) {
        plan.then(() -> exit = reason);
    }

    // --- deaths

    /// The actor of `cell` is gone.
    ///
    /// @param ignored its setup said that there is nothing to run
    void gone(Cell cell, Exit reason, boolean ignored) {
        var state = cell.state;
        cell.silence();
        if (state == ChildState.STARTING) {
            if (ignored) {
                ignored(cell);
            } else {
                startFailed(cell, reason);
            }
        } else {
            cell.lastExit = reason;
            shell.report(new Event.Exited(cell.id(), cell.generation, reason));
            if (state == ChildState.STOPPING) {
                halts.settle(cell);
                stepOver();
            } else {
                cell.dead = reason;
                inbox.add(new Internal.Gone(cell, reason));
            }
        }
        run();
    }

    private void stepOver() {
        switch (plan.current()) {
            case Plan.HaltTogether group -> group.waiting--;
            case Plan.Halt _ -> plan.done();
            case null, default -> {
            }
        }
    }

    private void exited(Cell cell, Exit reason) {
        cell.dead = null;
        if (cell.child.restart().after(reason)) {
            restart(cell, true);
            return;
        }
        halts.settle(cell);
        if (cell.child.significant() && endsWith()) {
            leaveAfterHalt(Exit.Shutdown.PLAIN);
        }
    }

    private boolean endsWith() {
        return switch (spec.autoShutdown()) {
            case NEVER -> false;
            case ANY_SIGNIFICANT -> true;
            case ALL_SIGNIFICANT -> table.significantAreDown();
        };
    }

    /// @param counts whether this attempt counts against the intensity
    private void restart(Cell cell, boolean counts) {
        cell.become(ChildState.DOWN);
        if (counts && !window.allows(shell.nanos())) {
            giveUp(cell);
            return;
        }
        var group = table.group(spec.strategy(), cell);
        var wait = delayOfOthers(cell);
        for (var other : group.reversed()) {
            if (other != cell) {
                plan.halt(other);
            }
        }
        plan.then(() -> {
            if (wait.isPositive()) {
                tryAgain(cell, wait, false);
            } else {
                startAgain(group);
            }
        });
    }

    private void giveUp(Cell culprit) {
        shell.report(new Event.GaveUp(culprit.id(), spec.intensity(), spec.period()));
        halts.settle(culprit);
        leaveAfterHalt(Exit.Shutdown.PLAIN);
    }

    private void startAgain(List<Cell> group) {
        for (var member : group) {
            if (table.has(member)) {
                plan.start(member, this::restartFailed);
            }
        }
    }

    /// How long `cell` has to wait because others of its group do: who dies during a back-off joins those
    /// that wait, and the longer delay is kept.
    private Duration delayOfOthers(Cell cell) {
        return spec.backoff().isNone() || !spec.strategy().isOfGroups()
                ? Duration.ZERO
                : Duration.ofNanos(table.longestWait(cell, shell.nanos()));
    }

    private void restartFailed(Cell cell, Exit reason) {
        cell.failures++;
        tryAgain(cell, spec.backoff().delay(cell.failures), true);
    }

    private void tryAgain(Cell cell, Duration delay, boolean counts) {
        cell.become(ChildState.RESTARTING);
        var again = new Internal.TryAgain(cell, cell.attempts, counts);
        cell.waitsUntil = shell.nanos() + delay.toNanos();
        if (delay.isZero()) {
            shell.post(again);
        } else {
            halts.arm(cell, delay, again);
        }
    }

    // --- what waited for its turn

    private void handle(Supervisor.Command command) {
        switch (command) {
            case Internal.Gone(var cell, var reason) -> {
                if (reason.equals(cell.dead)) {
                    exited(cell, reason);
                }
            }
            case Internal.TryAgain(var cell, var attempt, var counts) -> {
                if (cell.state == ChildState.RESTARTING && cell.attempts == attempt) {
                    restart(cell, counts);
                }
            }
            case Supervisor.Stop() -> leaveAfterHalt(Exit.Shutdown.PLAIN);
            case Internal.Crash(var cause) -> leaveAfterHalt(new Exit.Failed(cause));
            case Supervisor.StartChild(var child, var replyTo) ->
                requests.start(child, replyTo::tell);
            case Supervisor.StartChildren(var children, var replyTo) ->
                requests.startMany(children, replyTo);
            case Supervisor.TerminateChild(var id, var replyTo) -> requests.terminate(id, replyTo);
            case Supervisor.TerminateRef(var ref, var replyTo) -> requests.terminate(ref, replyTo);
            case Supervisor.RestartChild(var id, var replyTo) -> requests.restart(id, replyTo);
            case Supervisor.DeleteChild(var id, var replyTo) -> replyTo.tell(requests.delete(id));
            case Supervisor.WhichChildren(var replyTo) -> replyTo.tell(table.infos());
            case Supervisor.CountChildren(var replyTo) -> replyTo.tell(table.counts());
            case Internal _ -> throw new IllegalArgumentException("not a request: " + command);
        }
    }
}
