package io.macula.supervision.testkit;

import io.macula.supervision.Node;
import io.macula.supervision.Spec;
import io.macula.supervision.Supervision;
import io.macula.supervision.TreePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What a [Lab] is made of: its world, its trees, and the hooks in their children.
final class Rig {

    /// In real time: how long a blow may take to show. Who hangs is hit when it goes on.
    private static final Duration BLOW = Duration.ofSeconds(2);

    private final World world;
    private final Supervision supervision;
    private final Places places;
    private final Lives lives = new Lives();
    private final Faults faults;
    private final Trace trace;
    private final List<Site> planned = new ArrayList<>();
    private final List<Grown> grown = new ArrayList<>();
    private final List<String> joined = new ArrayList<>();
    private final List<AutoCloseable> ends = new ArrayList<>();
    private long seed;
    private int actors;
    private boolean closed;

    /// Strikes at a place; false when nothing runs there.
    interface Blow {
        boolean hits(TreePath path);
    }

    Rig(World world, long seed) {
        this.world = world;
        this.seed = seed;
        this.supervision = Supervision.of(world.system());
        this.places = new Places(supervision);
        this.faults = new Faults(world, lives);
        this.trace = new Trace(world::nanos);
        ends.add(supervision.interfere(faults));
        ends.add(supervision.subscribe(trace::hear));
        ends.add(Letters.subscribe(world.system(), lives));
    }

    World world() {
        return world;
    }

    Supervision supervision() {
        return supervision;
    }

    Trace trace() {
        return trace;
    }

    Lives lives() {
        return lives;
    }

    long seed() {
        return seed;
    }

    List<Grown> grown() {
        return List.copyOf(grown);
    }

    void check() {
        if (closed) {
            throw new IllegalStateException("this lab is closed");
        }
    }

    // --- trees

    /// Takes in the trees that run already.
    void join() {
        supervision.snapshot().forEach(tree -> joined.add(tree.id()));
    }

    List<String> names() {
        var names = new ArrayList<>(joined);
        grown.forEach(tree -> names.add(tree.name()));
        return names;
    }

    List<Node> trees() {
        var names = names();
        return supervision.snapshot().stream().filter(tree -> names.contains(tree.id())).toList();
    }

    /// Begins to start a tree, with the faults that are planned for it.
    Grown grow(Spec spec) {
        check();
        if (!world.isOurs()) {
            throw new IllegalStateException(
                    "this lab has joined a system; it starts no trees there");
        }
        var name = grown.isEmpty() ? Lab.TREE : Lab.TREE + "-" + (grown.size() + 1);
        for (var site : planned) {
            faults.place(site, Places.find(site.name(), name, spec));
        }
        planned.clear();
        world.during(() -> grown.add(Grown.of(world, name, name + "-" + ++actors, spec)));
        return grown.getLast();
    }

    // --- places

    TreePath find(String place) {
        check();
        return places.find(place, names());
    }

    boolean isSupervisor(TreePath path) {
        return places.isSupervisor(path);
    }

    /// The place of that name, also of a tree that is not started yet.
    Site site(String place) {
        check();
        if (names().isEmpty()) {
            return planned.stream()
                    .filter(site -> site.name().equals(place))
                    .findFirst()
                    .orElseGet(() -> later(place));
        }
        var path = find(place);
        if (isSupervisor(path)) {
            throw new IllegalArgumentException("'" + place
                    + "' is a supervisor; faults are planned for its children, and it can be killed");
        }
        return faults.at(path).orElseGet(() -> {
            var site = new Site(place, seed);
            faults.place(site, path);
            return site;
        });
    }

    private Site later(String place) {
        var site = new Site(place, seed);
        planned.add(site);
        return site;
    }

    private TreePath placed(Site site) {
        check();
        var path = site.path();
        if (path == null) {
            throw new IllegalStateException(
                    "'" + site.name() + "' does not run: no tree is started");
        }
        return path;
    }

    // --- stimuli

    void plan(Site site, Rule rule) {
        check();
        site.plan(rule);
    }

    void hang(Site site, boolean deaf) {
        var path = placed(site);
        stimulate(() -> {
            if (!faults.hangNow(path, deaf)) {
                throw new IllegalStateException("'" + site.name() + "' does not run");
            }
        });
        Calm.until(() -> supervision.snapshot(path)
                .filter(node -> node.running() != null)
                .isPresent(), BLOW);
    }

    void release(Site site) {
        var path = placed(site);
        stimulate(() -> faults.release(site, path));
    }

    void heal(Site site) {
        var path = placed(site);
        stimulate(() -> faults.heal(site, path));
    }

    void healAll() {
        check();
        stimulate(faults::healAll);
    }

    void strike(String place, Blow blow) {
        var path = find(place);
        var before = trace.size();
        stimulate(() -> {
            if (!blow.hits(path)) {
                throw new IllegalStateException("'" + place + "' does not run");
            }
        });
        if (!world.isManual() && path.ids().size() > 1) {
            Calm.until(() -> !trace.isUntouched(path, before), BLOW);
        }
    }

    void send(Lab lab, Traffic traffic) {
        var tree = supervision.at(TreePath.of(names().getFirst()));
        stimulate(() -> traffic.send(lab, tree));
    }

    private void stimulate(Runnable stimulus) {
        world.during(stimulus);
        lives.quiet();
    }

    void settle() {
        check();
        world.settle();
        lives.quiet();
    }

    void timePasses(Duration time) {
        check();
        world.timePasses(time);
        lives.quiet();
    }

    // --- the end

    /// As new, in the same system, once its trees have ended.
    void again(long newSeed) {
        faults.end();
        lives.clear();
        trace.clear();
        grown.clear();
        planned.clear();
        seed = newSeed;
        if (world instanceof ManualWorld manual) {
            manual.again(newSeed);
        }
    }

    /// Takes the faults back and stops the trees; what does not end, in sentences.
    List<String> stop() {
        faults.end();
        return new Leaks(world, trace).ofTrees(grown);
    }

    void alsoClose(AutoCloseable other) {
        check();
        ends.add(other);
    }

    boolean isClosed() {
        return closed;
    }

    /// Ends all but the trees; what is left behind, in sentences.
    List<String> close() {
        closed = true;
        for (var end : ends) {
            try {
                end.close();
            } catch (Exception fault) {
                throw new IllegalStateException("could not be closed: " + end, fault);
            }
        }
        return world.close();
    }
}
