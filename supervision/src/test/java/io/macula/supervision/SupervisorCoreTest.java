package io.macula.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/// The decisions alone: no actor runs, time is a number, and each step is taken by hand.
class SupervisorCoreTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Stagehand stage = new Stagehand();

    private static Child<?> child(String id) {
        return Child.of(Key.<String>of(id), Behaviors.<String>empty());
    }

    private static Spec abc(Spec bare) {
        return bare.intensity(10, Duration.ofMinutes(1))
                .child(child("a"))
                .child(child("b"))
                .child(child("c"));
    }

    @Test
    void startsTheNextOnlyWhenTheOneBeforeIsReady() {
        stage.begin(abc(Supervisor.oneForOne()));

        assertThat(stage.log).containsExactly("spawn a");
        stage.ready("a");
        assertThat(stage.log).containsExactly("spawn a", "spawn b");
        stage.ready("b");
        stage.ready("c");
        assertThat(stage.log).containsExactly("spawn a", "spawn b", "spawn c", "up");
    }

    @Test
    void stopsTheNextOnlyWhenTheOneAfterIsGone() {
        stage.up(abc(Supervisor.oneForOne()));

        stage.core().on(new Supervisor.Stop());

        assertThat(stage.log).containsExactly("stop c");
        stage.gone("c", Exit.Shutdown.PLAIN);
        assertThat(stage.log).containsExactly("stop c", "stop b");
        stage.gone("b", Exit.Shutdown.PLAIN);
        stage.gone("a", Exit.Shutdown.PLAIN);
        assertThat(stage.core().exit()).isEqualTo(Exit.Shutdown.PLAIN);
    }

    @Test
    void aStopThatArrivesDuringARestartWaitsForIt() {
        stage.up(abc(Supervisor.oneForAll()));

        stage.gone("b", new Exit.Killed());
        stage.core().on(new Supervisor.Stop());

        assertThat(stage.log).containsExactly("stop c");
        stage.gone("c", Exit.Shutdown.PLAIN);
        stage.gone("a", Exit.Shutdown.PLAIN);
        List.of("a", "b", "c").forEach(stage::ready);
        assertThat(stage.log).containsExactly("stop c", "stop a", "spawn a", "spawn b", "spawn c",
                "stop c");
    }

    @Test
    void killsWhenTheTimeToStopIsOverAndAbandonsAfterTheGrace() {
        stage.up(abc(Supervisor.oneForOne()));
        stage.core().on(new Supervisor.Stop());

        stage.ring(Duration.ofSeconds(5));
        assertThat(stage.log).containsExactly("stop c", "kill c");
        stage.ring(Duration.ofSeconds(5));

        assertThat(stage.log).containsExactly("stop c", "kill c", "abandon c", "stop b");
    }

    @Test
    void aTimerOfAChildThatIsGoneDoesNothing() {
        stage.up(abc(Supervisor.oneForOne()));
        stage.core().on(new Supervisor.Stop());
        var late = stage.timers.getFirst();

        stage.gone("c", Exit.Shutdown.PLAIN);
        stage.core().on(late.message);

        assertThat(stage.log).containsExactly("stop c", "stop b");
        assertThat(late.cancelled).isTrue();
    }

    @Test
    void triesAgainAtOnceWithoutBackoffButAfterWhatWaits() {
        stage.up(abc(Supervisor.oneForOne()));
        var answer = TestInbox.<RestartResult>create();

        stage.gone("a", new Exit.Killed());
        stage.core().on(new Supervisor.RestartChild("a", answer.getRef()));
        stage.failStart("a");

        assertThat(answer.receiveMessage()).isInstanceOf(RestartResult.Restarting.class);
        stage.deliverPosted();
        assertThat(stage.log).containsExactly("spawn a", "spawn a");
    }

    @Test
    void waitsLongerAfterEachFailureAndForgetsThatOnceItRuns() {
        stage.up(abc(Supervisor.oneForOne().backoff(SECOND, Duration.ofSeconds(3))));

        stage.gone("a", new Exit.Killed());
        stage.failStart("a");
        stage.ring(SECOND);
        stage.failStart("a");
        stage.ring(Duration.ofSeconds(2));
        stage.failStart("a");
        stage.ring(Duration.ofSeconds(3));
        stage.ready("a");
        stage.gone("a", new Exit.Killed());
        stage.failStart("a");

        assertThat(stage.timers.getLast().delay).isEqualTo(SECOND);
    }

    @Test
    void aDeathDuringABackoffJoinsTheGroupThatWaitsAndKeepsTheLongerDelay() {
        stage.up(abc(Supervisor.oneForAll().backoff(Duration.ofSeconds(4), Duration.ofSeconds(4))));
        stage.gone("a", new Exit.Killed());
        stage.gone("c", Exit.Shutdown.PLAIN);
        stage.gone("b", Exit.Shutdown.PLAIN);
        stage.ready("a");
        stage.failStart("b");
        stage.log.clear();

        stage.nanos += SECOND.toNanos();
        stage.gone("a", new Exit.Killed());

        assertThat(stage.log).as("nothing starts before the delay is over").isEmpty();
        assertThat(stage.timers.getLast().delay).isEqualTo(Duration.ofSeconds(3));
        assertThat(stage.window.count(stage.nanos)).isEqualTo(2);
        stage.ring(Duration.ofSeconds(3));
        List.of("a", "b", "c").forEach(stage::ready);
        assertThat(stage.log).containsExactly("spawn a", "spawn b", "spawn c");
        assertThat(stage.window.count(stage.nanos)).as("joining did not count again").isEqualTo(2);
    }

    @Test
    void terminatingAChildThatWaitsVoidsItsNextAttempt() {
        stage.up(abc(Supervisor.oneForOne().backoff(SECOND, SECOND)));
        stage.gone("a", new Exit.Killed());
        stage.failStart("a");
        var again = stage.timers.getLast();
        stage.log.clear();

        stage.core()
                .on(new Supervisor.TerminateChild("a",
                        TestInbox.<TerminateResult>create().getRef()));
        stage.core().on(again.message);

        assertThat(stage.log).isEmpty();
        assertThat(again.cancelled).isTrue();
    }

    @Test
    void stopsDynamicChildrenAllAtOnceWithOneTimerPerLimit() {
        stage.begin(Supervisor.dynamic(10));
        stage.core()
                .on(new Supervisor.StartChildren(List.of(child("a"), child("b"), child("c")),
                        TestInbox.<List<StartResult>>create().getRef()));
        List.of("a", "b", "c").forEach(stage::ready);
        stage.log.clear();

        stage.core().on(new Supervisor.Stop());

        assertThat(stage.log).containsExactlyInAnyOrder("stop a", "stop b", "stop c");
        assertThat(stage.timers).hasSize(1);
        stage.ring(Duration.ofSeconds(5));
        assertThat(stage.log).contains("kill a", "kill b", "kill c");
        List.of("b", "a", "c").forEach(id -> stage.gone(id, new Exit.Killed()));
        assertThat(stage.core().exit()).isEqualTo(Exit.Shutdown.PLAIN);
    }

    @Test
    void refusesMoreDynamicChildrenThanAllowedUntilOneIsGone() {
        stage.begin(Supervisor.dynamic(1));
        var answers = TestInbox.<StartResult>create();

        stage.core().on(new Supervisor.StartChild(child("a"), answers.getRef()));
        stage.ready("a");
        stage.core().on(new Supervisor.StartChild(child("b"), answers.getRef()));

        assertThat(answers.receiveMessage()).isInstanceOf(StartResult.Started.class);
        assertThat(answers.receiveMessage()).isEqualTo(new StartResult.MaxChildren(1));
        stage.gone("a", new Exit.Normal());
        stage.failStart("a");
    }

    @Test
    void killingItKillsAllAndNeedsNoOrder() {
        stage.up(abc(Supervisor.oneForOne()));

        stage.core().on(new Internal.Kill());

        assertThat(stage.log).containsExactlyInAnyOrder("kill a", "kill b", "kill c");
        List.of("a", "b", "c").forEach(id -> stage.gone(id, new Exit.Killed()));
        assertThat(stage.core().exit()).isEqualTo(new Exit.Killed());
    }

    /// Does what a core asks for by writing it down.
    private static final class Stagehand implements Shell {

        static final class Timer {
            final Duration delay;
            final Internal message;
            boolean cancelled;

            Timer(Duration delay, Internal message) {
                this.delay = delay;
                this.message = message;
            }
        }

        final List<String> log = new ArrayList<>();
        final List<Timer> timers = new ArrayList<>();
        final Set<Timer> rung = new HashSet<>();
        final Deque<Internal> posted = new ArrayDeque<>();
        final Map<String, Cell> living = new LinkedHashMap<>();
        long nanos;
        long ticket;
        Window window = new Window(0, SECOND);
        private SupervisorCore running = new SupervisorCore(Supervisor.oneForOne(), window, this);

        SupervisorCore core() {
            return running;
        }

        void begin(Spec spec) {
            window = new Window(spec.intensity(), spec.period());
            running = new SupervisorCore(spec, window, this);
            running.begin();
        }

        void up(Spec spec) {
            begin(spec);
            spec.children().forEach(child -> ready(child.id()));
            log.clear();
        }

        private Cell cell(String id) {
            return Objects.requireNonNull(living.get(id), id);
        }

        void ready(String id) {
            running.on(new Internal.Ready(cell(id), Objects.requireNonNull(cell(id).incarnation)));
        }

        void gone(String id, Exit exit) {
            running.gone(cell(id), exit, false);
        }

        void failStart(String id) {
            gone(id, new Exit.Failed(new IllegalStateException("boom")));
        }

        /// Lets the newest timer of that delay run out.
        void ring(Duration delay) {
            var due = timers.stream()
                    .filter(timer -> timer.delay.equals(delay) && !timer.cancelled
                            && !rung.contains(timer))
                    .reduce((_, last) -> last)
                    .orElseThrow();
            rung.add(due);
            nanos += delay.toNanos();
            running.on(due.message);
        }

        void deliverPosted() {
            while (!posted.isEmpty()) {
                running.on(posted.poll());
            }
        }

        @Override
        public long nextTicket() {
            return ++ticket;
        }

        @Override
        public void spawn(Cell cell) {
            log.add("spawn " + cell.id());
            cell.ref = TestInbox.<Object>create(cell.id()).getRef();
            living.put(cell.id(), cell);
        }

        @Override
        public void stop(Cell cell) {
            log.add("stop " + cell.id());
        }

        @Override
        public void kill(Cell cell) {
            log.add("kill " + cell.id());
        }

        @Override
        public void abandon(Cell cell) {
            log.add("abandon " + cell.id());
        }

        @Override
        public Runnable later(Duration delay, Internal message) {
            var timer = new Timer(delay, message);
            timers.add(timer);
            return () -> timer.cancelled = true;
        }

        @Override
        public void post(Internal message) {
            posted.add(message);
        }

        @Override
        public void report(Event event) {}

        @Override
        public void added(Cell cell) {}

        @Override
        public boolean wasChild(ActorRef<?> ref) {
            return false;
        }

        @Override
        public void forgotten(Cell cell) {}

        @Override
        public void up() {
            log.add("up");
        }

        @Override
        public long nanos() {
            return nanos;
        }
    }
}
