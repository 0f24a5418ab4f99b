package io.macula.supervision.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macula.supervision.Child;
import io.macula.supervision.Key;
import io.macula.supervision.Spec;
import io.macula.supervision.Supervisor;
import io.macula.supervision.TreePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Exploration finds what is wrong with a tree, says it shortly, and is quiet about a good one.
class ExplorerTest {

    private static final Key<String> MASTER = Key.of("master");
    private static final Key<String> COPY = Key.of("copy");
    private static final Key<String> OTHER = Key.of("other");

    private static Spec good() {
        return Supervisor.restForOne()
                .intensity(3, Duration.ofSeconds(5))
                .child(MASTER, Behaviors.ignore())
                .supervisor("workers", Supervisor.oneForAll()
                        .intensity(2, Duration.ofSeconds(5))
                        .backoff(Duration.ofMillis(100), Duration.ofSeconds(1))
                        .child(COPY, Behaviors.ignore())
                        .child(Child.of(OTHER, Behaviors.<String>ignore()).transientChild()))
                .supervisor("guests", Supervisor.dynamic(10));
    }

    private static void chatter(Lab lab, io.macula.supervision.Refs tree) {
        for (int i = 0; i < 3; i++) {
            tree.get(MASTER).tell("m" + i);
            tree.at("workers").get(COPY).tell("c" + i);
            tree.at("workers").get(OTHER).tell("o" + i);
        }
        tree.at("guests")
                .supervisor()
                .tell(new Supervisor.StartChild(
                        Child.of(Key.<String>of("guest"), Behaviors.ignore()).temporary(),
                        lab.system().ignoreRef()));
    }

    @Test
    void aGoodTreeHoldsWhateverHappensToIt() {
        var explored = Explorer.of(good()).traffic(ExplorerTest::chatter).runs(150).explore();

        assertThat(explored.runs()).isEqualTo(150);
        assertThat(explored.acts()).isGreaterThan(500);
        assertThat(explored.restarts()).isGreaterThan(100);
        assertThat(explored.giveUps()).isPositive();
        assertThat(explored.finding()).isEmpty();
    }

    @Test
    void theSameSeedGivesTheSameHistory() {
        var first = histories(5);
        var again = histories(5);
        var other = histories(6);

        assertThat(first).hasSize(20).isEqualTo(again).isNotEqualTo(other);
        assertThat(first).anyMatch(history -> history.size() > 20);
    }

    private static List<List<String>> histories(long seed) {
        var histories = new ArrayList<List<String>>();
        Explorer.of(good())
                .traffic(ExplorerTest::chatter)
                .holding(List.of(Invariant.of("is told", seen -> {
                    if (seen.phase() == Observation.Phase.STOPPED) {
                        histories.add(seen.trace()
                                .stream()
                                .map(line -> line.nanos() % 1_000_000_000 + line.text(false))
                                .toList());
                    }
                    return Optional.empty();
                })))
                .seed(seed)
                .runs(20)
                .explore();
        return histories;
    }

    /// The copy of a master's count: right only while both live equally long.
    private static Spec counting(AtomicReference<String> seen, boolean together) {
        var counts = new AtomicInteger[]{new AtomicInteger(), new AtomicInteger()};
        var spec = together ? Supervisor.oneForAll() : Supervisor.oneForOne();
        return spec.intensity(1_000, Duration.ofSeconds(1))
                .child(MASTER, counter(counts, 0, seen))
                .child(COPY, counter(counts, 1, seen))
                .child(OTHER, Behaviors.ignore());
    }

    private static Behavior<String> counter(AtomicInteger[] counts, int mine,
            AtomicReference<String> seen) {
        return Behaviors.setup(_ -> {
            counts[mine].set(0);
            return Behaviors.receiveMessage(_ -> {
                counts[mine].incrementAndGet();
                seen.set(counts[0] + ":" + counts[1]);
                return Behaviors.same();
            });
        });
    }

    private static Invariant agreeing(AtomicReference<String> seen) {
        return Invariant.of("master and copy agree", _ -> {
            var counts = seen.get().split(":");
            return counts[0].equals(counts[1])
                    ? Optional.empty()
                    : Optional.of("they counted " + seen.get());
        });
    }

    private static Explorer counters(boolean together) {
        var seen = new AtomicReference<>("0:0");
        return Explorer.of(() -> {
            seen.set("0:0");
            return counting(seen, together);
        })
                .alsoHolding(agreeing(seen))
                .only(EnumSet.of(Act.Kind.CRASH, Act.Kind.KILL, Act.Kind.TIME_PASSES,
                        Act.Kind.TRAFFIC))
                .traffic((_, tree) -> {
                    tree.get(MASTER).tell("count");
                    tree.get(COPY).tell("count");
                })
                .runs(100);
    }

    @Test
    void findsADefectAndShrinksItsScheduleToWhatIsNeeded() {
        var finding = counters(false).search().finding().orElseThrow();

        assertThat(finding.invariant()).isEqualTo("master and copy agree");
        assertThat(finding.schedule().size()).isGreaterThan(3);
        assertThat(finding.shrunk()).hasSize(3);
        assertThat(finding.shrunk().stream().map(Act::code)).satisfiesExactly(
                first -> assertThat(first).isEqualTo("traffic.send(lab, tree);"),
                hit -> assertThat(hit).containsAnyOf("crash(\"master\")", "kill(\"master\")",
                        "crash(\"copy\")", "kill(\"copy\")"),
                last -> assertThat(last).isEqualTo("traffic.send(lab, tree);"));
        assertThat(finding.text())
                .contains("broken: master and copy agree", "they counted ", "shrunk to 3",
                        "seed " + finding.seed(), "Lab.withManualTime(" + finding.seed() + "L)",
                        "lab#1  one_for_one");
        assertThatThrownBy(() -> counters(false).explore()).isInstanceOf(AssertionError.class)
                .hasMessageContaining("broken: master and copy agree");
    }

    @Test
    void theSameTreeWithTheRightStrategyHolds() {
        assertThat(counters(true).explore().restarts()).isGreaterThan(100);
    }

    // --- each invariant is broken by a tree that breaks it

    private static Finding found(Supplier<Spec> spec, Invariant invariant,
            Traffic traffic) {
        return Explorer.of(spec)
                .holding(List.of(invariant))
                .traffic(traffic)
                .runs(60)
                .search()
                .finding()
                .orElseThrow();
    }

    @Test
    void aPermanentChildThatDoesNotComeBackIsFound() {
        var lives = new AtomicInteger();
        var spec = Supervisor.oneForOne()
                .intensity(1_000, Duration.ofSeconds(1))
                .child(MASTER, _ -> lives.getAndIncrement() % 2 == 0
                        ? Behaviors.empty()
                        : Behaviors.stopped());

        var finding = found(() -> spec, Invariants.everyPermanentChildRuns(), (_, _) -> {});

        assertThat(finding.sentence()).isEqualTo("'master' is down, and its supervisor runs");
    }

    @Test
    void aRefToAFormerLifeIsFound() {
        var first = new AtomicReference<@Nullable ActorRef<String>>();
        var spec = Supervisor.oneForOne()
                .intensity(1_000, Duration.ofSeconds(1))
                .child(MASTER, Behaviors.setup(context -> {
                    first.compareAndSet(null, context.getSelf());
                    return Behaviors.ignore();
                }));

        var finding = found(() -> {
            first.set(null);
            return spec;
        }, Invariants.noMessageToADeadRef(), (_, _) -> {
            Objects.requireNonNull(first.get()).tell("hello");
        });

        assertThat(finding.sentence()).isEqualTo(
                "'master' got a message at the address of a former life: hello");
        assertThat(finding.shrunk()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void moreRestartsThanAllowedAreFound() {
        var spec = Supervisor.oneForOne()
                .intensity(2, Duration.ofSeconds(5))
                .child(MASTER, Behaviors.empty());

        var finding = found(() -> spec, Invariants.restartsWithinIntensity(), (lab, tree) -> {
            tree.supervisor()
                    .tell(new Supervisor.TerminateChild("master", lab.system().ignoreRef()));
            tree.supervisor()
                    .tell(new Supervisor.RestartChild("master", lab.system().ignoreRef()));
        });

        assertThat(finding.sentence())
                .isEqualTo("'master' was restarted 3 times within 5000 ms, allowed are 2");
        assertThat(finding.shrunk()).hasSize(3);
    }

    @Test
    void aWrongStopOrderIsSeen() {
        var spec = Supervisor.oneForOne()
                .child(MASTER, Behaviors.empty())
                .child(COPY, Behaviors.empty());
        try (var lab = Lab.withManualTime(1)) {
            var tree = lab.start(spec);
            var from = lab.trace().size();
            tree.supervisor()
                    .tell(new Supervisor.TerminateChild("master", lab.system().ignoreRef()));
            tree.supervisor()
                    .tell(new Supervisor.TerminateChild("copy", lab.system().ignoreRef()));
            lab.settle();

            var broken = Invariants.stopOrderIsReverseOfStart()
                    .brokenBy(new Observation(lab, Observation.Phase.STOPPED, from));

            assertThat(broken).contains("the children of 'lab' ended as [master, copy], "
                    + "not as [copy, master]");
        }
    }

    @Test
    void aRestartThatIsUnderWayWhenTheStopBeginsIsNoDisorder() {
        var spec = Supervisor.oneForOne()
                .intensity(5, Duration.ofSeconds(10))
                .child(MASTER, Behaviors.empty())
                .child(COPY, Behaviors.empty());
        try (var lab = Lab.withManualTime(1)) {
            var tree = lab.start(spec);
            var from = lab.trace().size();
            lab.kill("copy");
            lab.kill("master");
            lab.settle();
            tree.supervisor()
                    .tell(new Supervisor.TerminateChild("copy", lab.system().ignoreRef()));
            tree.supervisor()
                    .tell(new Supervisor.TerminateChild("master", lab.system().ignoreRef()));
            lab.settle();

            assertThat(lab.trace().size()).isGreaterThan(from + 4);
            assertThat(Invariants.stopOrderIsReverseOfStart()
                    .brokenBy(new Observation(lab, Observation.Phase.STOPPED, from))).isEmpty();
        }
    }

    @Test
    void aTreeThatEndsThoughItShouldNotIsFound() {
        try (var lab = Lab.withManualTime(1)) {
            lab.start(Supervisor.oneForOne().child(MASTER, Behaviors.empty()));
            lab.crash("lab", new IllegalStateException("struck down"));

            assertThat(Invariants.everyPermanentChildRuns()
                    .brokenBy(new Observation(lab, Observation.Phase.HEALED)))
                    .contains("the tree ended: failed: "
                            + "java.lang.IllegalStateException: struck down");
            assertThat(lab.trees()).extracting(io.macula.supervision.Node::id)
                    .containsExactly(TreePath.of("lab").id());
        }
    }

    @Test
    void aTreeThatDoesNotStartIsFoundToo() {
        var spec = Supervisor.oneForOne().child(MASTER, _ -> {
            throw new IllegalStateException("never");
        });

        var finding = Explorer.of(spec).runs(3).search().finding().orElseThrow();

        assertThat(finding.invariant())
                .isEqualTo("a tree starts, comes to rest and leaves nothing behind");
        assertThat(finding.sentence()).startsWith("the tree did not come up: failed:");
        assertThat(finding.shrunk()).isEmpty();
    }
}
