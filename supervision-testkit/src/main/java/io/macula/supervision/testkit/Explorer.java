package io.macula.supervision.testkit;

import io.macula.supervision.Event;
import io.macula.supervision.Spec;
import io.macula.supervision.TreePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/// Plays random schedules of faults on a tree and looks for one that breaks an invariant. The same seed
/// gives the same schedules and, in manual time, the same history.
///
/// A run starts the tree, does what the schedule says, looks at the invariants after each act, takes all
/// faults back, lets a minute pass, looks again, stops the tree, and looks once more.
public final class Explorer {

    private static final Duration RECOVERY = Duration.ofMinutes(1);
    private static final int ACTS_MAX = 12;

    private final LongFunction<Ground> grounds;
    private final boolean isOurs;
    private List<Invariant> invariants = Invariants.all();
    private Traffic traffic = (_, _) -> {};
    private Set<Act.Kind> kinds = EnumSet.allOf(Act.Kind.class);
    private boolean hasTraffic;
    private int runs = 100;
    private int actsMax = ACTS_MAX;
    private long seed = Long.getLong("macula.lab.seed", 1);
    private int acts;
    private int restarts;
    private int giveUps;

    private Explorer(LongFunction<Ground> grounds, boolean isOurs) {
        this.grounds = grounds;
        this.isOurs = isOurs;
    }

    /// Explores trees of `spec` in manual time. Its behaviours must be as new at each start.
    public static Explorer of(Spec spec) {
        return of(() -> spec);
    }

    /// Explores trees in manual time, each of a spec of its own: what they share is as new in each run.
    public static Explorer of(Supplier<Spec> spec) {
        var fields = new Ground.Fields(spec);
        return new Explorer(fields::prepared, true);
    }

    /// Explores what runs in labs of the caller's making, one for each run.
    ///
    /// @param labs gives a lab, whose trees are up, for a seed
    public static Explorer in(LongFunction<Lab> labs) {
        return new Explorer(seed -> Ground.of(labs.apply(seed)), false);
    }

    /// What has to hold; [Invariants#all] unless said.
    public Explorer holding(List<Invariant> what) {
        invariants = List.copyOf(what);
        return this;
    }

    /// What has to hold beside the rest.
    public Explorer alsoHolding(Invariant what) {
        var more = new ArrayList<>(invariants);
        more.add(what);
        invariants = List.copyOf(more);
        return this;
    }

    /// Messages for the tree, without which faults on messages are left out.
    public Explorer traffic(Traffic messages) {
        traffic = messages;
        hasTraffic = true;
        return this;
    }

    /// Does only this.
    public Explorer only(Set<Act.Kind> what) {
        kinds = EnumSet.copyOf(what);
        return this;
    }

    public Explorer runs(int count) {
        runs = count;
        return this;
    }

    /// The longest schedule.
    public Explorer actsMax(int most) {
        actsMax = most;
        return this;
    }

    /// The first run's seed; the others follow. System property `macula.lab.seed`, or 1, unless said.
    public Explorer seed(long first) {
        seed = first;
        return this;
    }

    /// @throws AssertionError with the shortest schedule, when an invariant is broken
    public Exploration explore() {
        var explored = search();
        explored.finding().ifPresent(finding -> {
            throw new AssertionError(finding.text());
        });
        return explored;
    }

    /// As [#explore], and gives what it finds.
    public Exploration search() {
        for (int run = 0; run < runs; run++) {
            var runSeed = seed + run;
            var played = play(runSeed, Optional.empty());
            if (played.broken().isPresent()) {
                var finding = shrink(runSeed, played, played.broken().get());
                return new Exploration(run + 1, acts, restarts, giveUps, Optional.of(finding));
            }
        }
        return new Exploration(runs, acts, restarts, giveUps, Optional.empty());
    }

    private Finding shrink(long runSeed, Played found, Broken how) {
        var shortest = new ArrayList<>(List.of(how));
        var shrunk = Schedules.shrink(found.schedule(), fewer -> {
            var again = play(runSeed, Optional.of(fewer)).broken();
            again.filter(how::isLike).ifPresent(shortest::add);
            return again.filter(how::isLike).isPresent();
        });
        var last = shortest.getLast();
        return new Finding(last.invariant(), last.sentence(), runSeed, isOurs, found.schedule(),
                shrunk,
                last.report());
    }

    // --- one run

    private record Broken(String invariant, String sentence, String report) {
        boolean isLike(Broken other) {
            return invariant.equals(other.invariant());
        }
    }

    private record Played(List<Act> schedule, Optional<Broken> broken) {}

    private Played play(long runSeed, Optional<List<Act>> given) {
        var ground = grounds.apply(runSeed);
        var lab = ground.lab();
        List<Act> schedule = List.of();
        Optional<Broken> broken;
        try {
            ground.start();
            schedule = given.isPresent() ? given.get() : schedule(runSeed, lab);
            broken = play(lab, schedule);
            count(lab, schedule);
        } catch (AssertionError fault) {
            broken = Optional.of(fault(fault));
        }
        try {
            ground.end(broken.isPresent());
        } catch (AssertionError fault) {
            broken = Optional.of(broken.orElseGet(() -> fault(fault)));
        }
        return new Played(schedule, broken);
    }

    private static Broken fault(AssertionError fault) {
        var lines = String.valueOf(fault.getMessage()).split("\n", 2);
        return new Broken("a tree starts, comes to rest and leaves nothing behind", lines[0],
                lines.length == 1 ? "" : lines[1]);
    }

    private List<Act> schedule(long runSeed, Lab lab) {
        var workers = new ArrayList<String>();
        var supervisors = new ArrayList<String>();
        Nodes.walk(lab.trees(), (path, node) -> {
            if (path.ids().size() > 1) {
                (node.isSupervisor() ? supervisors : workers).add(name(path));
            }
        });
        var possible = kinds.stream()
                .filter(kind -> hasTraffic || !kind.needsTraffic())
                .filter(kind -> kind != Act.Kind.TIME_PASSES || lab.rig().world().isManual())
                .toList();
        return new Schedules(runSeed, possible, workers, supervisors).next(actsMax);
    }

    private static String name(TreePath path) {
        return TraceLine.place(path, false);
    }

    private Optional<Broken> play(Lab lab, List<Act> schedule) {
        for (var act : schedule) {
            perform(act, lab);
            var broken = look(new Observation(lab, Observation.Phase.FAULTY));
            if (broken.isPresent()) {
                return broken;
            }
        }
        lab.heal();
        var healed = lab.rig().world().isManual() ? recovered(lab) : recovering(lab);
        return healed.isPresent() ? healed : stopped(lab);
    }

    /// What is no longer there cannot be hurt.
    private void perform(Act act, Lab lab) {
        try {
            act.on(lab, traffic);
        } catch (IllegalStateException | IllegalArgumentException _) {
            // the child the act is meant for does not run, or is gone for good
        }
    }

    private Optional<Broken> recovered(Lab lab) {
        lab.timePasses(RECOVERY);
        return look(new Observation(lab, Observation.Phase.HEALED));
    }

    private Optional<Broken> recovering(Lab lab) {
        var seen = new Observation(lab, Observation.Phase.HEALED);
        var last = new AtomicReference<Optional<Broken>>(Optional.empty());
        // What is looked at once more may be on its way again.
        Calm.until(() -> {
            last.set(look(seen));
            return last.get().isEmpty();
        }, World.PATIENCE);
        return last.get();
    }

    private Optional<Broken> stopped(Lab lab) {
        if (!lab.rig().world().isOurs()) {
            return Optional.empty();
        }
        var from = lab.trace().size();
        lab.stop();
        lab.ended();
        return look(new Observation(lab, Observation.Phase.STOPPED, from));
    }

    private Optional<Broken> look(Observation seen) {
        return invariants.stream()
                .flatMap(invariant -> invariant.brokenBy(seen)
                        .map(how -> new Broken(invariant.name(), how, seen.lab().report()))
                        .stream())
                .findFirst();
    }

    private void count(Lab lab, List<Act> schedule) {
        acts += schedule.size();
        for (var line : lab.trace()) {
            switch (line.event()) {
                case Event.Started(_, int generation) -> restarts += generation > 1 ? 1 : 0;
                case Event.GaveUp _ -> giveUps++;
                default -> {
                }
            }
        }
    }
}
