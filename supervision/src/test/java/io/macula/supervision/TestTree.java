package io.macula.supervision;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/// A running tree under test: asks it, waits for what it reports, moves its clock.
public final class TestTree {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final ActorTestKit kit;
    private final String name = "tree-" + NAMES.incrementAndGet();
    private final CompletableFuture<Boolean> up = new CompletableFuture<>();
    private final CompletableFuture<Exit> down = new CompletableFuture<>();
    private final AtomicLong nanos = new AtomicLong();
    private final BlockingQueue<Event> unseen = new LinkedBlockingQueue<>();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final ActorRef<Supervisor.Command> root;

    private TestTree(ActorTestKit kit, Spec spec) {
        this.kit = kit;
        var settings = Root.of(name)
                .unlogged()
                .ticker(nanos::get)
                .onUp(() -> up.complete(true))
                .onExit(exit -> {
                    down.complete(exit);
                    up.complete(false);
                })
                .listener(seen -> {
                    events.add(seen.event());
                    unseen.add(seen.event());
                });
        this.root = kit.spawn(Supervisor.root(settings, spec), name);
    }

    /// A tree whose children are all up.
    public static TestTree up(ActorTestKit kit, Spec spec) {
        var tree = new TestTree(kit, spec);
        if (!get(tree.up)) {
            throw new AssertionError("the tree did not start: " + get(tree.down));
        }
        return tree;
    }

    /// A tree that may hang or fail while it starts.
    public static TestTree starting(ActorTestKit kit, Spec spec) {
        return new TestTree(kit, spec);
    }

    public ActorRef<Supervisor.Command> root() {
        return root;
    }

    public TreePath path(String... ids) {
        var path = TreePath.of(name);
        for (var id : ids) {
            path = path.child(id);
        }
        return path;
    }

    public Supervision supervision() {
        return Supervision.of(kit.system());
    }

    public Refs refs() {
        return supervision().at(path());
    }

    public <T> ActorRef<T> ref(Key<T> key) {
        return refs().get(key);
    }

    public StartResult start(Child<?> child) {
        return ask(replyTo -> new Supervisor.StartChild(child, replyTo));
    }

    public TerminateResult terminate(String id) {
        return ask(replyTo -> new Supervisor.TerminateChild(id, replyTo));
    }

    public RestartResult restart(String id) {
        return ask(replyTo -> new Supervisor.RestartChild(id, replyTo));
    }

    public DeleteResult delete(String id) {
        return ask(replyTo -> new Supervisor.DeleteChild(id, replyTo));
    }

    public ChildCounts counts() {
        return ask(Supervisor.CountChildren::new);
    }

    public List<ChildInfo> children() {
        return ask(Supervisor.WhichChildren::new);
    }

    public ActorRef<?> running(String id) {
        return children().stream()
                .filter(child -> child.id().equals(id))
                .map(ChildInfo::ref)
                .findFirst()
                .orElseThrow();
    }

    public <R> R ask(Function<ActorRef<R>, Supervisor.Command> question) {
        return ask(root, question);
    }

    public <R> R ask(ActorRef<Supervisor.Command> supervisor,
            Function<ActorRef<R>, Supervisor.Command> question) {
        return get(AskPattern.<Supervisor.Command, R>ask(supervisor, question::apply, PATIENCE,
                kit.system().scheduler()).toCompletableFuture());
    }

    /// The next event that fits; those before it are passed over.
    public Event await(Predicate<Event> wanted) {
        try {
            while (true) {
                var event = unseen.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                if (event == null) {
                    throw new AssertionError("nothing more happened after " + events);
                }
                if (wanted.test(event)) {
                    return event;
                }
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    public void awaitStart(String id, int generation) {
        await(new Event.Started(id, generation)::equals);
    }

    public List<Event> events() {
        return List.copyOf(events);
    }

    public void timePasses(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    public Exit stop() {
        root.tell(new Supervisor.Stop());
        return exit();
    }

    /// Waits for the end of the whole tree.
    public Exit exit() {
        return get(down);
    }

    public static <R> R get(CompletableFuture<R> future) {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException fault) {
            throw new AssertionError(fault);
        }
    }
}
