package io.macula.supervision;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;
import org.jspecify.annotations.Nullable;

/// The supervision trees of an actor system, for code outside actors: look at them, find addresses,
/// inject faults. Looking never asks an actor, so it works while a child hangs.
///
/// A [TreePath] begins with the name of its tree.
public final class Supervision implements Extension {

    private static final ExtensionId<Supervision> ID = new Id();

    private final Map<String, Presence> trees = new ConcurrentHashMap<>();
    private final List<Consumer<Occurrence>> listeners = new CopyOnWriteArrayList<>();
    private final ActorRef<?> nobody;
    private final AtomicReference<@Nullable Interference> interference = new AtomicReference<>();

    private static final class Id extends ExtensionId<Supervision> {
        @Override
        public Supervision createExtension(ActorSystem<?> system) {
            return new Supervision(system.ignoreRef());
        }
    }

    /// One tree, from before its root has started until another of its name takes its place.
    static final class Presence {

        private final String name;
        private final CompletableFuture<Refs> whenUp = new CompletableFuture<>();
        private final CompletableFuture<Exit> whenDown = new CompletableFuture<>();
        private volatile @Nullable Tree tree;

        Presence(String name) {
            this.name = name;
        }

        CompletionStage<Exit> whenDown() {
            return whenDown;
        }

        void up() {
            var current = tree;
            if (current != null) {
                whenUp.complete(current.refs());
            }
        }

        void down(Exit exit) {
            whenDown.complete(exit);
            whenUp.completeExceptionally(exit instanceof Exit.Failed(var cause)
                    ? cause
                    : new IllegalStateException("tree '" + name + "' ended: " + exit.text()));
        }
    }

    private Supervision(ActorRef<?> nobody) {
        this.nobody = nobody;
    }

    public static Supervision of(ActorSystem<?> system) {
        return system.registerExtension(ID);
    }

    Presence join(Tree tree) {
        var presence = trees.compute(tree.name(), (name, old) -> {
            if (old != null && old.tree == null) {
                return old;
            }
            if (old != null && !old.whenDown.isDone()) {
                throw new IllegalStateException(
                        "a tree called '" + name + "' runs already in this system");
            }
            return new Presence(name);
        });
        presence.tree = tree;
        return presence;
    }

    /// Completes once every child of tree `name` has started; fails when the tree ends before. May be
    /// asked before the tree's root has been spawned.
    public CompletionStage<Refs> whenUp(String name) {
        return presence(name).whenUp.minimalCompletionStage();
    }

    /// Completes when tree `name` has ended, with the reason.
    public CompletionStage<Exit> whenDown(String name) {
        return presence(name).whenDown.minimalCompletionStage();
    }

    private Presence presence(String name) {
        return trees.computeIfAbsent(name, Presence::new);
    }

    /// Every tree of this system, by name.
    public List<Node> snapshot() {
        return trees.values()
                .stream()
                .map(presence -> presence.tree)
                .filter(tree -> tree != null)
                .map(LiveTree::of)
                .sorted(Comparator.comparing(Node::id))
                .toList();
    }

    /// The live tree from `path` down; empty when nothing is there.
    public Optional<Node> snapshot(TreePath path) {
        return slot(path).map(LiveTree::of);
    }

    /// What the supervisor that runs at `path`, or ran there last, was told; empty when none did.
    public Optional<Spec> spec(TreePath path) {
        return slot(path).map(slot -> slot.branch().running()).map(Branch.Running::spec);
    }

    /// Stable refs seen from the supervisor at `path`.
    ///
    /// @throws IllegalArgumentException when no such tree has started
    public Refs at(TreePath path) {
        var presence = path.isEmpty() ? null : trees.get(path.ids().getFirst());
        var tree = presence == null ? null : presence.tree;
        if (tree == null) {
            throw new IllegalArgumentException("no supervision tree runs at '" + path + "'");
        }
        return tree.refs().at(path.ids().subList(1, path.ids().size()).toArray(String[]::new));
    }

    /// The stable ref of child `key` of the supervisor at `path`.
    ///
    /// @throws IllegalArgumentException when no such tree has started
    public <T> ActorRef<T> ref(TreePath path, Key<T> key) {
        return at(path).get(key);
    }

    /// Lets the child or supervisor at `path` fail as if it had thrown `cause`, after the messages it
    /// has already; false when nothing runs there.
    public boolean crash(TreePath path, Throwable cause) {
        var supervisor = supervisor(path);
        if (supervisor.isPresent()) {
            supervisor.get().tell(new Internal.Crash(cause));
            return true;
        }
        var target = slot(path).map(Slot::target);
        target.ifPresent(ref -> ref.tell(new Guard.Inject(cause)));
        return target.isPresent();
    }

    /// Kills the child, or the supervisor with all below it, without its cleanup; its supervisor deals
    /// with the death as with any. False when nothing runs there.
    public boolean kill(TreePath path) {
        var self = supervisor(path);
        if (self.isPresent()) {
            self.get().tell(new Internal.Kill());
            return true;
        }
        if (slot(path).map(Slot::target).isEmpty()) {
            return false;
        }
        var above = supervisor(path.parent());
        above.ifPresent(supervisor -> supervisor.tell(new Internal.KillChild(path.id())));
        return above.isPresent();
    }

    /// Stops the child at `path` by its own rule and starts it again, which counts against no limit. False when
    /// nothing runs there, or what runs there would not be started again: a whole tree, a temporary child, or
    /// one of a dynamic supervisor.
    public boolean restart(TreePath path) {
        var above = supervisor(path.parent());
        if (above.isEmpty() || slot(path).map(Slot::target).isEmpty()
                || !isStartedAgain(path)) {
            return false;
        }
        above.get().tell(new Supervisor.TerminateChild(path.id(), nobody.unsafeUpcast()));
        above.get().tell(new Supervisor.RestartChild(path.id(), nobody.unsafeUpcast()));
        return true;
    }

    private boolean isStartedAgain(TreePath path) {
        return spec(path.parent())
                .filter(spec -> spec.strategy() != Strategy.DYNAMIC)
                .stream()
                .flatMap(spec -> spec.children().stream())
                .anyMatch(child -> child.id().equals(path.id())
                        && child.restart() != Restart.TEMPORARY);
    }

    /// Runs `step` in the thread of the child at `path`, after the messages it has already, whatever its
    /// message type is. What it throws is the child's crash; what it gives, the child is given as a
    /// message that no [Interference] sees. False when no child, or a supervisor, runs there.
    public boolean inject(TreePath path, Supplier<@Nullable Object> step) {
        var target = supervisor(path).isPresent()
                ? Optional.<ActorRef<Object>>empty()
                : slot(path).map(Slot::target);
        target.ifPresent(ref -> ref.tell(new Guard.Visit(step)));
        return target.isPresent();
    }

    /// Puts `between` between every child and what happens to it, until closed. For tests.
    ///
    /// @throws IllegalStateException when something interferes already
    public Subscription interfere(Interference between) {
        if (!interference.compareAndSet(null, between)) {
            throw new IllegalStateException("something interferes with this system already");
        }
        return () -> interference.compareAndSet(between, null);
    }

    @Nullable
    Interference interference() {
        return interference.get();
    }

    /// The last events of the supervisor at `path`, oldest first, at most 64.
    public List<Occurrence> events(TreePath path) {
        return slot(path).map(slot -> slot.branch().events()).orElse(List.of());
    }

    /// Calls `listener` for every event of every tree, in the supervisors' threads, until closed.
    public Subscription subscribe(Consumer<Occurrence> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// Sends every event of every tree to `listener`, until closed.
    public Subscription subscribe(ActorRef<Occurrence> listener) {
        return subscribe(listener::tell);
    }

    /// Ends with `close`.
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    void report(Occurrence occurrence) {
        listeners.forEach(listener -> listener.accept(occurrence));
    }

    private Optional<ActorRef<Supervisor.Command>> supervisor(TreePath path) {
        return slot(path).filter(slot -> slot.target() != null)
                .map(slot -> slot.branch().running())
                .map(Branch.Running::self);
    }

    private Optional<Slot> slot(TreePath path) {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        var presence = trees.get(path.ids().getFirst());
        var tree = presence == null ? null : presence.tree;
        var slot = tree == null ? null : tree.slot();
        for (var id : path.ids().subList(1, path.ids().size())) {
            slot = slot == null ? null : slot.branch().find(id);
        }
        return Optional.ofNullable(slot);
    }
}
