package io.macula.actors.dht;

import io.macula.dht.Contact;
import io.macula.dht.NodeId;
import io.macula.dht.lookup.Goal;
import io.macula.dht.lookup.LookupResult;
import io.macula.dht.record.SignedRecord;
import io.macula.dht.store.Health;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// What was asked of the process and is not answered yet. Belongs to the node, so that a restarted
/// process begins again what its predecessor left undone. Bounded; safe to use from any thread.
final class OpenTasks {

    /// Something to do once, with who waits for it.
    sealed interface Task {

        /// Look something up.
        record Find(Goal goal, NodeId target, int paths, CompletableFuture<LookupResult> answer)
                implements
                    Task {}

        /// Store a value.
        record Put(SignedRecord signed, CompletableFuture<Health> answer) implements Task {}

        /// Join through any of these.
        record Join(List<Contact> seeds, CompletableFuture<Integer> answer) implements Task {}

        /// Show the table.
        record Look(CompletableFuture<Optional<TableView>> answer) implements Task {}

        /// Say goodbye to the neighbours.
        record Leave(CompletableFuture<Integer> answer) implements Task {}

        CompletableFuture<?> answer();

        /// Whether it needs other nodes to be known, if there are any.
        default boolean needsContacts() {
            return switch (this) {
                case Find _,Put _ -> true;
                case Join _,Look _,Leave _ -> false;
            };
        }
    }

    private final int tasksMax;
    private final ArrayDeque<Task> waiting = new ArrayDeque<>();
    private final Set<Task> running = new LinkedHashSet<>();
    private boolean closed;

    OpenTasks(int tasksMax) {
        this.tasksMax = tasksMax;
    }

    /// False when there are too many already, or the node stops.
    synchronized boolean add(Task task) {
        if (closed || waiting.size() + running.size() >= tasksMax) {
            return false;
        }
        waiting.add(task);
        return true;
    }

    /// The next one to begin, unless `runningMax` run already.
    ///
    /// @param hasContacts when false, what needs other nodes waits on
    synchronized Optional<Task> next(int runningMax, boolean hasContacts) {
        if (running.size() >= runningMax) {
            return Optional.empty();
        }
        var next = waiting.stream()
                .filter(task -> hasContacts || !task.needsContacts())
                .findFirst();
        next.ifPresent(task -> {
            waiting.remove(task);
            running.add(task);
        });
        return next;
    }

    synchronized void done(Task task) {
        running.remove(task);
    }

    /// Nothing runs any more: the process has restarted.
    synchronized void restart() {
        List.copyOf(running).reversed().forEach(waiting::addFirst);
        running.clear();
    }

    /// Takes nothing any more, and returns what will not be answered.
    synchronized List<Task> close() {
        closed = true;
        restart();
        var left = List.copyOf(waiting);
        waiting.clear();
        return left;
    }

    synchronized int count() {
        return waiting.size() + running.size();
    }
}
