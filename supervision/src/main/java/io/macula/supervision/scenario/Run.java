package io.macula.supervision.scenario;

import io.macula.supervision.Child;
import io.macula.supervision.ChildCounts;
import io.macula.supervision.ChildInfo;
import io.macula.supervision.ChildState;
import io.macula.supervision.DeleteResult;
import io.macula.supervision.Exit;
import io.macula.supervision.Key;
import io.macula.supervision.RestartResult;
import io.macula.supervision.Root;
import io.macula.supervision.Spec;
import io.macula.supervision.StartFailedException;
import io.macula.supervision.StartResult;
import io.macula.supervision.Supervision;
import io.macula.supervision.Supervisor;
import io.macula.supervision.TerminateResult;
import io.macula.supervision.TreePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Plays one scenario: gives a stimulus, waits until the tree is quiet, notes what happened. Blocks
/// its caller; not for use inside an actor.
final class Run {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long DEATH_MILLIS = 500;
    private static final int QUIET_ROUNDS = 2;

    private final ActorSystem<SpawnProtocol.Command> system;
    private final String name;
    private final Scenario scenario;
    private final Stage stage = new Stage();
    private final Cast cast = new Cast(stage);
    private final AtomicLong nanos = new AtomicLong();
    private final Map<String, Cast.Place> places;
    private final Map<String, List<String>> paths = new HashMap<>();
    private final CompletableFuture<Boolean> up = new CompletableFuture<>();
    private final CompletableFuture<Exit> down = new CompletableFuture<>();

    Run(ActorSystem<SpawnProtocol.Command> system, String name, Scenario scenario) {
        this.system = system;
        this.name = name;
        this.scenario = scenario;
        this.places = Cast.places(scenario.declaration());
        places.values()
                .forEach(place -> place.declaration()
                        .items()
                        .forEach(item -> paths.put(item.id(), Cast.pathOf(place, item.id()))));
    }

    List<String> play() throws InterruptedException {
        for (var stimulus : scenario.stimuli()) {
            if (!give(stimulus)) {
                break;
            }
        }
        end();
        return stage.trace();
    }

    List<String> soFar() {
        return stage.trace();
    }

    /// False when the scenario is over.
    private boolean give(Stimulus stimulus) throws InterruptedException {
        switch (stimulus) {
            case Stimulus.Go() -> {
                return go();
            }
            case Stimulus.FailNext(var id, var times) -> stage.failNext(id, times);
            case Stimulus.IgnoreNext(var id, var times) -> stage.ignoreNext(id, times);
            case Stimulus.Stuck(var id) -> stage.stick(id);
            case Stimulus.Wait(var time) -> nanos.addAndGet(time.toNanos());
            case Stimulus.End(var id, var reason) -> {
                end(id, reason);
                return settle();
            }
            case Stimulus.Burst burst -> {
                if (runs(burst.at())) {
                    burst(burst);
                }
                return settle();
            }
            case Stimulus.State(var at) ->
                stage.say(runs(at) ? state(at) : "state" + tag(at) + " noproc");
            case Stimulus.Stop() -> {
                root().tell(new Supervisor.Stop());
                await(down::isDone, PATIENCE);
                return settle();
            }
            case Stimulus.Start _,Stimulus.Terminate _,Stimulus.Restart _,Stimulus.Delete _ -> {
                stage.say(request(stimulus));
                return settle();
            }
        }
        return true;
    }

    // --- the tree's life

    private boolean go() throws InterruptedException {
        Spec spec;
        try {
            spec = cast.spec(scenario.declaration());
        } catch (IllegalArgumentException refused) {
            stage.say("go error "
                    + (scenario.declaration().isSound() ? "start_spec" : "supervisor_data"));
            return false;
        }
        var root = Root.of(name)
                .unlogged()
                .ticker(nanos::get)
                .listener(stage::hear)
                .onUp(() -> up.complete(true))
                .onExit(exit -> {
                    down.complete(exit);
                    up.complete(false);
                });
        system.tell(new SpawnProtocol.Spawn<>(Supervisor.root(root, spec), name, Props.empty(),
                system.ignoreRef()));
        if (get(up)) {
            stage.sayFirst("go ok");
            return settle();
        }
        if (get(down) instanceof Exit.Failed(StartFailedException failed)) {
            stage.say("go error failed_to_start_child " + failed.id() + " " + reason(failed));
        }
        return false;
    }

    private static String reason(StartFailedException failed) {
        return failed.reason() instanceof Exit.Failed(StartFailedException below)
                ? "failed_to_start_child " + below.id() + " " + reason(below)
                : Words.cause(failed.reason());
    }

    private void end() throws InterruptedException {
        if (up.isDone() && !down.isDone()) {
            root().tell(new Supervisor.Stop());
            await(down::isDone, PATIENCE);
        }
    }

    private ActorRef<Supervisor.Command> root() {
        return at("");
    }

    private ActorRef<Supervisor.Command> at(String supervisor) {
        return Supervision.of(system).at(path(place(supervisor).ids())).supervisor();
    }

    private Cast.Place place(String supervisor) {
        var place = places.get(supervisor);
        if (place == null) {
            throw new IllegalArgumentException("no supervisor is called '" + supervisor + "'");
        }
        return place;
    }

    private TreePath path(List<String> ids) {
        var all = new ArrayList<String>();
        all.add(name);
        all.addAll(ids);
        return new TreePath(all);
    }

    // --- stimuli

    /// Ends a child and waits until its supervisor has noticed.
    private void end(String id, String reason) throws InterruptedException {
        var ref = stage.alive(id);
        if (ref == null) {
            return;
        }
        if (reason.equals("kill")) {
            Supervision.of(system).kill(path(paths.getOrDefault(id, List.of(id))));
        } else {
            ref.tell(new Puppet.Command(reason));
        }
        await(() -> !ref.equals(stage.alive(id)) || down.isDone(), Duration.ofMillis(DEATH_MILLIS));
    }

    /// Keeps the supervisor busy with starting a gate while the children die.
    private void burst(Stimulus.Burst burst) throws InterruptedException {
        var reached = new CountDownLatch(1);
        var open = new CountDownLatch(1);
        var gate = Child.of(Key.<Puppet.Command>of(Stage.GATE), _ -> {
            reached.countDown();
            pass(open);
            return Behaviors.stopped();
        }).temporary();
        at(burst.at()).tell(new Supervisor.StartChild(gate, system.ignoreRef()));
        await(() -> reached.getCount() == 0, PATIENCE);
        for (var end : burst.ends()) {
            end(end.id(), end.reason());
        }
        open.countDown();
    }

    private static void pass(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("killed at the gate", interrupted);
        }
    }

    /// Whether the supervisor runs now.
    private boolean runs(String supervisor) {
        return Supervision.of(system)
                .snapshot(path(place(supervisor).ids()))
                .filter(node -> node.state() == ChildState.RUNNING)
                .isPresent();
    }

    private String request(Stimulus stimulus) throws InterruptedException {
        return switch (stimulus) {
            case Stimulus.Start(var at, var child) ->
                asked("start", at, child.id(), () -> start(at, child));
            case Stimulus.Terminate(var at, var id) ->
                asked("terminate", at, id, () -> Words.of(terminate(at, id)));
            case Stimulus.Restart(var at, var id) ->
                asked("restart", at, id, () -> Words.of(ask(at(at),
                        (ActorRef<RestartResult> to) -> new Supervisor.RestartChild(id, to))));
            case Stimulus.Delete(var at, var id) ->
                asked("delete", at, id, () -> Words.of(ask(at(at),
                        (ActorRef<DeleteResult> to) -> new Supervisor.DeleteChild(id, to))));
            default -> throw new IllegalArgumentException("not a request: " + stimulus);
        };
    }

    private interface Question {
        String answer() throws InterruptedException;
    }

    private String asked(String verb, String at, String id, Question question)
            throws InterruptedException {
        return verb + tag(at) + " " + id + " -> " + (runs(at) ? question.answer() : "noproc");
    }

    private String start(String at, Declaration.Worker child) throws InterruptedException {
        var place = place(at);
        var rule = place.isDynamic() ? place.declaration().template() : child.rule();
        paths.put(child.id(), Cast.pathOf(place, child.id()));
        return Words.of(ask(at(at), (ActorRef<StartResult> to) -> new Supervisor.StartChild(
                cast.worker(child.id(), rule), to)));
    }

    private TerminateResult terminate(String at, String id) throws InterruptedException {
        var last = stage.last(id);
        if (place(at).isDynamic() && last != null) {
            return ask(at(at),
                    (ActorRef<TerminateResult> to) -> new Supervisor.TerminateRef(last, to));
        }
        return ask(at(at), (ActorRef<TerminateResult> to) -> new Supervisor.TerminateChild(id, to));
    }

    private static String tag(String at) {
        return at.isEmpty() ? "" : "@" + at;
    }

    private String state(String at) throws InterruptedException {
        var supervisor = at(at);
        var children = ask(supervisor,
                (ActorRef<List<ChildInfo>> to) -> new Supervisor.WhichChildren(to));
        var counts = ask(supervisor,
                (ActorRef<ChildCounts> to) -> new Supervisor.CountChildren(to));
        var dynamic = place(at).isDynamic();
        var line = children.stream()
                .map(child -> child.id() + ":"
                        + Words.of(child.state(), stage.generation(child.id())));
        return "state" + tag(at) + " ["
                + (dynamic ? line.sorted() : line).collect(Collectors.joining(" "))
                + "] specs=" + (dynamic ? 1 : counts.specs()) + " active=" + counts.active();
    }

    // --- waiting

    /// Waits until nothing more happens; false when the tree has ended.
    private boolean settle() throws InterruptedException {
        int seen = -1;
        for (int quiet = 0; quiet < QUIET_ROUNDS && !down.isDone();) {
            var before = stage.events();
            for (var supervisor : places.keySet()) {
                if (supervisor.isEmpty() || runs(supervisor)) {
                    answered(supervisor);
                }
            }
            quiet = before == seen && before == stage.events() ? quiet + 1 : 0;
            seen = before;
        }
        if (down.isDone()) {
            stage.say("sup_exit " + Words.of(get(down)));
            return false;
        }
        return true;
    }

    /// Waits until the supervisor has dealt with all it had to do, if it runs at all.
    private void answered(String supervisor) throws InterruptedException {
        var reply = AskPattern.<Supervisor.Command, ChildCounts>ask(at(supervisor),
                Supervisor.CountChildren::new, Duration.ofMillis(DEATH_MILLIS), system.scheduler())
                .toCompletableFuture();
        await(() -> reply.isDone() || down.isDone(), PATIENCE);
    }

    private <R> R ask(ActorRef<Supervisor.Command> supervisor,
            Function<ActorRef<R>, Supervisor.Command> question) throws InterruptedException {
        return get(AskPattern.<Supervisor.Command, R>ask(supervisor, question::apply, PATIENCE,
                system.scheduler()).toCompletableFuture());
    }

    private static <R> R get(CompletableFuture<R> future) throws InterruptedException {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException fault) {
            throw new IllegalStateException("no answer", fault);
        }
    }

    private static void await(BooleanSupplier condition, Duration limit)
            throws InterruptedException {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            TimeUnit.MICROSECONDS.sleep(200);
        }
    }
}
