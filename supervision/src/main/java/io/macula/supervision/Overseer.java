package io.macula.supervision;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.apache.pekko.actor.ActorPath;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/// The actor of one supervisor. The decisions are made by [SupervisorCore]; this class spawns, stops,
/// kills, watches, times and reports. It never blocks.
final class Overseer implements Shell {

    /// Whom a supervisor tells about its own life.
    interface Above {

        /// The whole subtree is up.
        void ready();

        /// It is about to end; `abandoned` when its actor cannot, because a child's thread does not.
        void leaving(Exit exit, boolean abandoned);
    }

    private final ActorContext<Supervisor.Command> context;
    private final Tree tree;
    private final RefsAt refs;
    private final Incarnation own;
    private final Above above;
    private final SupervisorCore core;
    private final Set<ActorRef<Void>> abandoned = new HashSet<>();

    private Overseer(ActorContext<Supervisor.Command> context, Tree tree, RefsAt refs, Spec spec,
            Incarnation own,
            Above above) {
        this.context = context;
        this.tree = tree;
        this.refs = refs;
        this.own = own;
        this.above = above;
        var window = new Window(spec.intensity(), spec.period());
        this.core = new SupervisorCore(spec, window, this);
        refs.branch().runs(new Branch.Running(context.getSelf(), spec, window, Instant.now()));
    }

    static Behavior<Supervisor.Command> create(Tree tree, RefsAt refs, Spec spec, Incarnation own,
            Above above) {
        return Behaviors
                .setup(context -> new Overseer(context, tree, refs, spec, own, above).begin());
    }

    private Behavior<Supervisor.Command> begin() {
        core.begin();
        if (core.exit() != null) {
            return next();
        }
        return Behaviors.receive(Supervisor.Command.class)
                .onMessage(Supervisor.Command.class, this::on)
                .onSignal(Terminated.class, this::terminated)
                .onSignal(PostStop.class, _ -> stoppedFromOutside())
                .build();
    }

    private Behavior<Supervisor.Command> on(Supervisor.Command command) {
        if (command instanceof Internal.Left(var cell, var life, var exit)) {
            left(cell, life, exit);
        } else {
            core.on(command);
        }
        return next();
    }

    private Behavior<Supervisor.Command> next() {
        var exit = core.exit();
        if (exit == null) {
            return Behaviors.same();
        }
        own.exit(exit);
        above.leaving(exit, !abandoned.isEmpty());
        return Behaviors.stopped();
    }

    /// Whoever stopped this actor, or a fault of its own, left no time for an orderly end.
    private Behavior<Supervisor.Command> stoppedFromOutside() {
        if (core.exit() == null) {
            var noted = own.exit();
            above.leaving(noted == null ? new Exit.Shutdown("stopped from outside") : noted, false);
        }
        return Behaviors.same();
    }

    // --- children's deaths

    private Behavior<Supervisor.Command> terminated(Terminated signal) {
        abandoned.remove(signal.getRef());
        var cell = cellOf(signal.getRef());
        if (cell != null && isAwaited(cell)) {
            var life = Objects.requireNonNull(cell.incarnation, "a watched child has a life");
            unbind(cell, life);
            core.gone(cell, exitOf(cell, life, signal), life.isIgnored());
        }
        return next();
    }

    /// By its name, which tells the id, or else one by one: an id that no encoding gives back exactly.
    private @Nullable Cell cellOf(ActorRef<Void> ref) {
        var named = core.find(ActorNames.id(ref.path().name()));
        return named != null && ref.equals(named.ref) ? named : core.find(ref);
    }

    /// Whether the child's actor has to end yet.
    private static boolean isAwaited(Cell cell) {
        return cell.ref != null && cell.dead == null;
    }

    private static Exit exitOf(Cell cell, Incarnation life, Terminated signal) {
        var noted = life.exit();
        if (life.isKilled()) {
            return new Exit.Killed();
        }
        if (noted != null) {
            return noted;
        }
        if (signal instanceof ChildFailed failed) {
            return new Exit.Failed(failed.getCause());
        }
        return cell.state == ChildState.STOPPING ? Exit.Shutdown.PLAIN : new Exit.Normal();
    }

    /// A nested supervisor ended, but abandoned actors keep its own actor from ending.
    private void left(Cell cell, Incarnation life, Exit exit) {
        if (cell.isLife(life) && isAwaited(cell)) {
            abandon(cell);
            core.gone(cell, exit, false);
        }
    }

    // --- what the core asks for

    @Override
    public long nextTicket() {
        return tree.nextTicket();
    }

    @Override
    public void spawn(Cell cell) {
        var life = Objects.requireNonNull(cell.incarnation, "a child to start has a life");
        var ref = spawn(cell, cell.child, life);
        cell.ref = ref;
        context.watch(ref);
    }

    private <T> ActorRef<Object> spawn(Cell cell, Child<T> child, Incarnation life) {
        var self = context.getSelf();
        Runnable ready = () -> self.tell(new Internal.Ready(cell, life));
        var name = ActorNames.of(child.id(), cell.attempts) + suffix();
        return switch (child.body()) {
            case Child.Body.Worker<T>(var start) -> {
                var starting = new StartingAt(refs, ready, life);
                var setup = Behaviors.<T>setup(_ -> Objects.requireNonNull(start.start(starting),
                        "a start gave no behaviour"));
                Runnable started = child.signalsReady() ? () -> {} : ready;
                yield context
                        .spawn(Guard.around(life, slot(cell), started, setup), name, props(child))
                        .unsafeUpcast();
            }
            case Child.Body.Nested(var nested) -> {
                var below = create(tree, refs.below(child.id()), nested, life,
                        new Below(self, cell, life));
                yield context.spawn(Guard.around(life, slot(cell), () -> {}, below), name)
                        .unsafeUpcast();
            }
        };
    }

    private static Props props(Child<?> child) {
        var dispatcher = child.dispatcher();
        return dispatcher == null ? Props.empty() : DispatcherSelector.fromConfig(dispatcher);
    }

    /// What a nested supervisor tells the supervisor `parent`.
    private record Below(ActorRef<Supervisor.Command> parent, Cell cell, Incarnation life)
            implements
                Above {

        @Override
        public void ready() {
            parent.tell(new Internal.Ready(cell, life));
        }

        @Override
        public void leaving(Exit exit, boolean abandoned) {
            if (abandoned) {
                parent.tell(new Internal.Left(cell, life, exit));
            }
        }
    }

    /// An abandoned actor keeps its name, so names after it need something of their own.
    private String suffix() {
        return abandoned.isEmpty() ? "" : "~" + tree.nextTicket();
    }

    @Override
    public void stop(Cell cell) {
        var ref = refOf(cell);
        var message = cell.child.stopMessage();
        if (cell.child.isSupervisor()) {
            ref.tell(new Supervisor.Stop());
        } else if (message != null && cell.state == ChildState.STOPPING) {
            ref.tell(message);
        } else {
            context.stop(ref);
        }
    }

    @Override
    public void kill(Cell cell) {
        if (cell.child.isSupervisor()) {
            refOf(cell).tell(new Internal.Kill());
        } else {
            Objects.requireNonNull(cell.incarnation, "a child to kill has a life").kill();
            context.stop(refOf(cell));
        }
    }

    @Override
    public void abandon(Cell cell) {
        abandoned.add(refOf(cell).unsafeUpcast());
        unbind(cell, Objects.requireNonNull(cell.incarnation, "an abandoned child has a life"));
    }

    private static ActorRef<Object> refOf(Cell cell) {
        return Objects.requireNonNull(cell.ref, "a child to stop has an actor");
    }

    @Override
    public Runnable later(Duration delay, Internal message) {
        var timer = context.scheduleOnce(delay, context.getSelf(), message);
        return timer::cancel;
    }

    @Override
    public void post(Internal message) {
        context.getSelf().tell(message);
    }

    @Override
    public void report(Event event) {
        refs.branch().report(event);
    }

    private static Slot slot(Cell cell) {
        return Objects.requireNonNull(cell.slot, "a known child has a place");
    }

    private static void unbind(Cell cell, Incarnation life) {
        slot(cell).unbind(life.ticket);
    }

    @Override
    public void added(Cell cell) {
        var slot = refs.branch().slot(cell.id());
        cell.slot = slot;
        slot.show(cell);
    }

    /// A path without the numbers of incarnations.
    private static String place(ActorPath path) {
        return path.toStringWithoutAddress().replaceAll("~[0-9]+", "");
    }

    @Override
    public boolean wasChild(ActorRef<?> ref) {
        return place(ref.path().parent()).equals(place(context.getSelf().path()));
    }

    @Override
    public void forgotten(Cell cell) {
        refs.branch().remove(cell.id());
    }

    @Override
    public void up() {
        above.ready();
    }

    @Override
    public long nanos() {
        return tree.nanos();
    }
}
