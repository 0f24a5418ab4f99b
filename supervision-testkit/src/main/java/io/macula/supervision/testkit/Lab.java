package io.macula.supervision.testkit;

import io.macula.supervision.Key;
import io.macula.supervision.Node;
import io.macula.supervision.Refs;
import io.macula.supervision.Spec;
import io.macula.supervision.TreePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorSystem;

/// A place to break supervision trees in: it runs a tree of yours, or joins one that runs, and lets
/// children crash, hang and lose messages where and when a test says. The tree under test stays as it
/// is: the faults sit in the guard that every supervised child has.
///
/// ```java
/// try (var lab = Lab.withManualTime(42)) {
///     var tree = lab.start(spec);
///     lab.at(PARSER).crashOn(nth(3)).with(new IOException("link lost"));
///     IntStream.range(0, 3).forEach(i -> tree.get(PARSER).tell(new Parse(i)));
///     lab.expectTrace("""
///             exit parser#1 failed IOException
///             exit writer#1 shutdown
///             start parser#2
///             start writer#2""");
///     lab.restarted(PARSER, WRITER).untouched(CONNECTION);
/// }
/// ```
///
/// A child is named by its key, its id, or its path with or without the tree's name. Faults may be
/// planned before the tree is started. For one test thread; closing stops the tree and fails when
/// something is left behind.
public final class Lab implements AutoCloseable {

    /// The name of the first tree a lab starts.
    public static final String TREE = "lab";

    private final Rig rig;
    private final Expectations expectations;

    private Lab(World world, long seed) {
        this.rig = new Rig(world, seed);
        this.expectations = new Expectations(this, rig);
    }

    /// A lab in which time stands still until [#timePasses], and everything else happens in an order
    /// drawn from `seed`: the same seed and the same test give the same history.
    public static Lab withManualTime(long seed) {
        var lab = new Lab(new ManualWorld(seed), seed);
        lab.settle();
        lab.again(seed);
        return lab;
    }

    /// A lab with real time and threads. What its faults draw comes from `seed`.
    public static Lab inRealTime(long seed) {
        return new Lab(RealWorld.own(), seed);
    }

    /// A lab around the trees that run in `system` now. The system, and its trees, are left running when
    /// it is closed, without any fault.
    ///
    /// @throws IllegalStateException when another lab has joined that system
    public static Lab joining(ActorSystem<?> system, long seed) {
        var lab = new Lab(RealWorld.joining(system), seed);
        lab.rig.join();
        return lab;
    }

    /// Plays random faults on a tree of `spec`, `runs` times, and sees whether `invariants` hold.
    ///
    /// @throws AssertionError when one does not, with the shortest schedule of faults that shows it
    public static void explore(Spec spec, List<Invariant> invariants, int runs) {
        Explorer.of(spec).holding(invariants).runs(runs).explore();
    }

    // --- trees

    /// Starts a tree and returns when all of it is up, with the stable refs of its root.
    ///
    /// @throws AssertionError when it does not come up
    /// @throws IllegalArgumentException when a fault was planned for a child it does not have
    public Refs start(Spec spec) {
        var tree = rig.grow(spec);
        var isOver = expectations.within(tree.up()::isDone);
        if (!isOver || !tree.isUp()) {
            throw expectations.failure("the tree did not come up"
                    + (tree.down().isDone() ? ": " + tree.down().join().text() : ""));
        }
        settle();
        expectations.begin();
        return rig.supervision().at(tree.path());
    }

    /// Starts a tree and returns when nothing moves: it may hang in its start, or have ended.
    public Refs begin(Spec spec) {
        var tree = rig.grow(spec);
        expectations.within(() -> rig.supervision().snapshot(tree.path()).isPresent());
        if (rig.world().isManual()) {
            settle();
        }
        return rig.supervision().at(tree.path());
    }

    /// Stops the trees of this lab, the last started first, and returns when they have ended.
    public void stop() {
        check();
        rig.grown().reversed().forEach(tree -> {
            tree.stop();
            settle();
        });
    }

    /// The live trees.
    public List<Node> trees() {
        return rig.trees();
    }

    /// The live trees as text.
    public String treeText() {
        return TreeText.of(trees());
    }

    /// The actor system the trees run in.
    public ActorSystem<?> system() {
        return rig.world().system();
    }

    /// What everything random here is drawn from.
    public long seed() {
        return rig.seed();
    }

    /// An actor that keeps what it is told, for replies of the tree.
    public <T> TestProbe<T> probe() {
        check();
        return TestProbe.create(rig.world().system());
    }

    // --- faults

    /// The child `key`.
    ///
    /// @throws IllegalArgumentException when there is none, or more than one of that name
    public Place at(Key<?> key) {
        return at(key.id());
    }

    /// The child at `path`.
    public Place at(TreePath path) {
        return at(path.toString());
    }

    /// The child of that path or id.
    public Place at(String place) {
        return new Place(rig, rig.site(place));
    }

    /// Takes all faults back: what was kept back is delivered, who hangs goes on.
    public void heal() {
        rig.healAll();
    }

    /// Kills a child, or a supervisor with all below it, without its cleanup.
    public void kill(Key<?> key) {
        kill(key.id());
    }

    /// Kills a child, or a supervisor with all below it, without its cleanup.
    ///
    /// @throws IllegalStateException when nothing runs there
    public void kill(String place) {
        rig.strike(place, rig.supervision()::kill);
    }

    /// Kills a supervisor and all below it, without any cleanup.
    ///
    /// @throws IllegalArgumentException when a child without children of its own lives there
    public void killSubtree(String place) {
        if (!rig.isSupervisor(rig.find(place))) {
            throw new IllegalArgumentException("'" + place + "' is no supervisor; kill it");
        }
        kill(place);
    }

    /// Lets a child fail as if it had thrown `cause`.
    public void crash(Key<?> key, Throwable cause) {
        crash(key.id(), cause);
    }

    /// Lets a child or supervisor fail as if it had thrown `cause`.
    ///
    /// @throws IllegalStateException when nothing runs there
    public void crash(String place, Throwable cause) {
        rig.strike(place, path -> rig.supervision().crash(path, cause));
    }

    /// Lets a child fail.
    public void crash(Key<?> key) {
        crash(key.id());
    }

    /// Lets a child or supervisor fail.
    public void crash(String place) {
        crash(place, new InjectedFault("crash of " + place));
    }

    // --- time

    /// Lets time pass, with everything that becomes due on the way: timers, back-off, shutdown limits and
    /// the restart window.
    ///
    /// @throws IllegalStateException in real time
    public void timePasses(Duration time) {
        rig.timePasses(time);
    }

    /// Returns when nothing moves any more; in real time, when nothing seems to.
    public void settle() {
        rig.settle();
    }

    // --- expectations

    /// What has happened since the tree was up, or since it was asked last, is exactly this: one thing per
    /// line, `start id#generation`, `startfail id REASON`, `ignore id`, `exit id#generation REASON`,
    /// `giveup supervisor over id`, `abandon id#generation`; REASON is `normal`, `shutdown`, `killed` or
    /// `failed Type`. In real time only the order below one supervisor counts.
    ///
    /// @throws AssertionError with both traces side by side, the seed and the tree
    public void expectTrace(String expected) {
        check();
        expectations.expectTrace(expected);
    }

    /// Nothing of note has happened since the tree was up, or since it was asked last.
    public void expectNothing() {
        expectTrace("");
    }

    /// Each of these children runs in a new life since the tree was up or [#mark].
    ///
    /// @throws AssertionError when one does not
    public Changed restarted(Key<?>... children) {
        check();
        for (var child : children) {
            restarted(child.id());
        }
        return new Changed(this);
    }

    /// The child at this path runs in a new life since the tree was up or [#mark].
    public Changed restarted(String place) {
        expectations.expectRestarted(place, rig.find(place));
        return new Changed(this);
    }

    void expectUntouched(String place) {
        expectations.expectUntouched(place, rig.find(place));
    }

    /// [#restarted] and [#expectTrace] look no further back than this.
    public void mark() {
        check();
        expectations.begin();
    }

    /// Every permanent child below a supervisor that runs, runs too.
    ///
    /// @throws AssertionError when one does not
    public void expectWhole() {
        check();
        expectations.expectWhole();
    }

    /// Waits until `condition` is true, for what happens outside of the trees.
    ///
    /// @throws AssertionError when it does not come true within a generous time
    public void eventually(String what, BooleanSupplier condition) {
        check();
        expectations.eventually(what, condition);
    }

    /// Everything reported so far, oldest first.
    public List<TraceLine> trace() {
        return rig.trace().since(0);
    }

    /// What to print beside a failure: the seed, what has happened, and the tree.
    public String report() {
        return expectations.report();
    }

    // --- for the explorer

    Rig rig() {
        return rig;
    }

    /// Returns when the trees have ended, whatever time that takes.
    ///
    /// @throws AssertionError when one does not, or leaves actors behind
    void ended() {
        var leaks = rig.stop();
        if (!leaks.isEmpty()) {
            throw expectations.failure(leaks.getFirst());
        }
    }

    /// As a new lab, in the same system, once its trees have ended.
    void again(long newSeed) {
        rig.again(newSeed);
        expectations.begin();
    }

    // --- the end

    /// Also closes what `other` opens when this lab is closed, after its trees.
    public <T extends AutoCloseable> T alsoClose(Supplier<T> other) {
        var opened = other.get();
        rig.alsoClose(opened);
        return opened;
    }

    private void check() {
        rig.check();
    }

    /// Stops what this lab has started. Closing it again does nothing.
    ///
    /// @throws AssertionError when an actor or a thread is left behind
    @Override
    public void close() {
        if (rig.isClosed()) {
            return;
        }
        var leaks = new ArrayList<>(rig.stop());
        var report = leaks.isEmpty() ? "" : "\n" + report();
        leaks.addAll(rig.close());
        if (!leaks.isEmpty()) {
            throw new AssertionError("this lab leaves something behind:\n  "
                    + String.join("\n  ", leaks) + report);
        }
    }
}
