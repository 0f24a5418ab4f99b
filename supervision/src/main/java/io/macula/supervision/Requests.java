package io.macula.supervision;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// How a supervisor answers what it is asked about its children, with OTP's answers. Only called
/// while no plan is being done.
final class Requests {

    /// The children a request may add or drop.
    interface Register {

        Cell add(Child<?> child);

        void forget(Cell cell);
    }

    private final Spec spec;
    private final ChildTable table;
    private final Plan plan;
    private final Register register;
    private final Predicate<ActorRef<?>> wasChild;

    /// @param wasChild whether a ref that is no current child has ever been one
    Requests(Spec spec, ChildTable table, Plan plan, Register register,
            Predicate<ActorRef<?>> wasChild) {
        this.spec = spec;
        this.table = table;
        this.plan = plan;
        this.register = register;
        this.wasChild = wasChild;
    }

    private boolean isDynamic() {
        return spec.strategy() == Strategy.DYNAMIC;
    }

    void startMany(List<Child<?>> children, ActorRef<List<StartResult>> replyTo) {
        startNext(children, new ArrayList<>(children.size()), replyTo);
    }

    private void startNext(List<Child<?>> children, List<StartResult> results,
            ActorRef<List<StartResult>> replyTo) {
        if (results.size() == children.size()) {
            replyTo.tell(List.copyOf(results));
            return;
        }
        start(children.get(results.size()), result -> {
            results.add(result);
            plan.then(() -> startNext(children, results, replyTo));
        });
    }

    void start(Child<?> child, Consumer<StartResult> reply) {
        var fault = Spec.fault(child, spec.autoShutdown());
        var known = table.find(child.id());
        if (!fault.isEmpty()) {
            reply.accept(new StartResult.Refused(fault));
        } else if (known != null) {
            reply.accept(known.state == ChildState.RUNNING && known.ref != null
                    ? new StartResult.AlreadyStarted(known.ref)
                    : new StartResult.AlreadyPresent());
        } else if (isDynamic() && table.size() >= spec.maxChildren()) {
            reply.accept(new StartResult.MaxChildren(spec.maxChildren()));
        } else {
            startNew(register.add(child), reply);
        }
    }

    private void startNew(Cell cell, Consumer<StartResult> reply) {
        attempt(cell, (failed, reason) -> {
            register.forget(failed);
            plan.then(() -> reply.accept(new StartResult.Failed(reason)));
        }, () -> reply.accept(cell.ref == null || cell.incarnation == null
                ? new StartResult.Ignored()
                : new StartResult.Started(cell.ref, cell.generation, cell.incarnation.info())));
    }

    private void attempt(Cell cell, BiConsumer<Cell, Exit> onFailure, Runnable onSuccess) {
        plan.start(cell, onFailure);
        plan.then(onSuccess);
    }

    void terminate(String id, ActorRef<TerminateResult> replyTo) {
        terminate(table.find(id), TerminateResult.NOT_FOUND, replyTo);
    }

    void terminate(ActorRef<?> ref, ActorRef<TerminateResult> replyTo) {
        terminate(table.find(ref),
                wasChild.test(ref) ? TerminateResult.TERMINATED : TerminateResult.NOT_FOUND,
                replyTo);
    }

    private void terminate(@Nullable Cell cell, TerminateResult otherwise,
            ActorRef<TerminateResult> replyTo) {
        if (cell == null) {
            replyTo.tell(otherwise);
        } else {
            plan.halt(cell);
            plan.then(() -> replyTo.tell(TerminateResult.TERMINATED));
        }
    }

    void restart(String id, ActorRef<RestartResult> replyTo) {
        var cell = table.find(id);
        if (isDynamic()) {
            replyTo.tell(new RestartResult.NotSupported());
        } else if (cell == null) {
            replyTo.tell(new RestartResult.NotFound());
        } else if (cell.state == ChildState.RUNNING) {
            replyTo.tell(new RestartResult.Running());
        } else if (cell.state == ChildState.RESTARTING) {
            replyTo.tell(new RestartResult.Restarting());
        } else {
            attempt(cell,
                    (_, reason) -> plan.then(() -> replyTo.tell(new RestartResult.Failed(reason))),
                    () -> replyTo.tell(restarted(cell)));
        }
    }

    private static RestartResult restarted(Cell cell) {
        return cell.ref == null || cell.incarnation == null
                ? new RestartResult.Ignored()
                : new RestartResult.Restarted(cell.ref, cell.generation, cell.incarnation.info());
    }

    DeleteResult delete(String id) {
        var cell = table.find(id);
        if (isDynamic()) {
            return DeleteResult.NOT_SUPPORTED;
        }
        if (cell == null) {
            return DeleteResult.NOT_FOUND;
        }
        return switch (cell.state) {
            case RUNNING, STARTING, STOPPING -> DeleteResult.RUNNING;
            case RESTARTING -> DeleteResult.RESTARTING;
            case DOWN -> {
                register.forget(cell);
                yield DeleteResult.DELETED;
            }
        };
    }
}
