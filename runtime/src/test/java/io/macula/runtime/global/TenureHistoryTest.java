package io.macula.runtime.global;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.app.coordination.Fence;
import io.macula.app.coordination.Leader;
import io.macula.app.coordination.LeadershipChange;
import io.macula.app.coordination.NoQuorum;
import io.macula.app.coordination.SessionLost;
import io.macula.app.coordination.Standing;
import io.macula.runtime.global.Tenure.Claim;
import io.macula.runtime.global.Tenure.Effect;
import io.macula.runtime.global.Tenure.Event;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random histories of one node among rivals: sessions end, questions fail, answers and news overtake each other.
class TenureHistoryTest {

    private static final String SELF = "me";
    private static final long FAULTS_UNTIL_MILLIS = 60_000;
    private static final long END_MILLIS = 90_000;
    private static final int HISTORIES = 400;

    private record Due(long at, long order, Runnable what) {}

    /// The voters, the rivals and the clock around one node.
    private static final class World {

        private final Random random;
        private final PriorityQueue<Due> due = new PriorityQueue<>(
                Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
        private final Deque<String> candidates = new ArrayDeque<>();
        private Tenure tenure = Tenure.fenced(SELF);
        private long now;
        private long orders;
        private long sessions;
        private long alive;
        private long fences;
        private long begunFence;
        private long pauseNumber;
        private int opening;
        private int takingOver;
        private Optional<Claim> taken = Optional.empty();
        private boolean isServing;
        private int served;

        World(long seed) {
            random = new Random(seed);
        }

        private boolean isFaulty() {
            return now < FAULTS_UNTIL_MILLIS && random.nextInt(4) == 0;
        }

        private void later(Runnable what) {
            after(1 + random.nextInt(random.nextInt(5) == 0 ? 3_000 : 50), what);
        }

        private void after(long millis, Runnable what) {
            due.add(new Due(now + millis, orders++, what));
        }

        private void hear(Event event) {
            var step = tenure.on(event);
            tenure = step.next();
            step.effects().forEach(this::carryOut);
            assertThat(isServing).isEqualTo(tenure.serving().isPresent());
        }

        private void carryOut(Effect effect) {
            switch (effect) {
                case Effect.Open() -> open();
                case Effect.Stand(var session) -> later(() -> stand(session));
                case Effect.TakeOver(var claim) -> takeOver(claim);
                case Effect.Pause() -> {
                    var number = ++pauseNumber;
                    after(300, () -> {
                        if (number == pauseNumber) {
                            hear(new Event.PauseOver());
                        }
                    });
                }
                case Effect.Serve(var claim) -> {
                    assertThat(isServing).isFalse();
                    assertThat(taken).as("taken over just now").contains(claim);
                    assertThat(claim).isInstanceOfSatisfying(Claim.Fenced.class,
                            fenced -> assertThat(fenced.session()).isEqualTo(tenure.session()));
                    isServing = true;
                    served++;
                }
                case Effect.StepDown() -> {
                    assertThat(isServing).as("only who serves steps down").isTrue();
                    isServing = false;
                }
                case Effect.Follow _,Effect.Complain _ -> {
                }
            }
        }

        private void open() {
            assertThat(opening++).as("one session is opened at a time").isZero();
            assertThat(alive).as("no second session of this node").isZero();
            later(() -> {
                opening--;
                if (isFaulty()) {
                    hear(new Event.NotOpened(random.nextBoolean()
                            ? Optional.of("no")
                            : Optional.empty()));
                } else {
                    alive = ++sessions;
                    hear(new Event.Opened(alive));
                }
            });
        }

        private void stand(long session) {
            if (isFaulty()) {
                later(() -> hear(new Event.Stood(session, random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(new NoQuorum("nobody")))));
                return;
            }
            if (session == alive && !candidates.contains(SELF)) {
                join(SELF);
            }
            var standing = standing(session);
            later(() -> hear(new Event.Stood(session, Optional.of(standing))));
        }

        private Standing standing(long session) {
            if (session != alive) {
                return new SessionLost("it has ended");
            }
            return SELF.equals(candidates.peek())
                    ? new Standing.Leads(new Fence(fences))
                    : new Standing.Follows(new Leader("rival", new Fence(fences)));
        }

        private void join(String who) {
            candidates.add(who);
            if (candidates.size() == 1) {
                leads();
            }
        }

        private void leave(String who) {
            boolean led = who.equals(candidates.peek());
            candidates.remove(who);
            if (led && !candidates.isEmpty()) {
                leads();
            } else if (led) {
                later(() -> hear(new Event.Told(new LeadershipChange.Vacated("e"))));
            }
        }

        private void leads() {
            var leader = new Leader(String.valueOf(candidates.peek()), new Fence(++fences));
            if (!leader.owner().equals(SELF)) {
                begunFence = fences; // a rival takes over at once
            }
            later(() -> hear(new Event.Told(new LeadershipChange.Led("e", leader))));
        }

        private void takeOver(Claim claim) {
            assertThat(takingOver++).as("one take-over at a time").isZero();
            later(() -> {
                takingOver--;
                var result = result(((Claim.Fenced) claim).fence().value());
                taken = result instanceof TakeOver.Result.Begun
                        ? Optional.of(claim)
                        : Optional.empty();
                hear(new Event.TookOver(claim, result));
                taken = Optional.empty();
            });
        }

        private TakeOver.Result result(long fence) {
            if (isFaulty()) {
                return new TakeOver.Result.NotYet("not yet");
            }
            if (fence < begunFence) {
                return new TakeOver.Result.Outdated();
            }
            begunFence = fence;
            return new TakeOver.Result.Begun();
        }

        private void fault() {
            switch (random.nextInt(4)) {
                case 0 -> endSession();
                case 1 -> join("rival");
                case 2 -> leave("rival");
                default -> tenure.serving().ifPresent(claim -> {
                    if (((Claim.Fenced) claim).fence().value() < begunFence) {
                        hear(new Event.Superseded(claim));
                    }
                });
            }
            if (now < FAULTS_UNTIL_MILLIS) {
                after(1 + random.nextInt(4_000), this::fault);
            }
        }

        private void endSession() {
            var ended = alive;
            if (ended != 0) {
                alive = 0;
                leave(SELF);
                later(() -> hear(new Event.SessionEnded(ended)));
            }
        }

        /// A request finds that the instance leads no more.
        private void request() {
            tenure.serving()
                    .filter(claim -> !SELF.equals(candidates.peek())
                            || ((Claim.Fenced) claim).fence().value() != fences)
                    .ifPresent(claim -> hear(new Event.Superseded(claim)));
            after(1_000, this::request);
        }

        void run() {
            hear(new Event.Begun());
            after(random.nextInt(1_000), this::fault);
            after(1_000, this::request);
            after(FAULTS_UNTIL_MILLIS + 5_000, () -> {
                while (candidates.contains("rival")) {
                    leave("rival");
                }
            });
            while (!due.isEmpty() && due.element().at() <= END_MILLIS) {
                var next = due.remove();
                now = next.at();
                next.what().run();
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void oneAtATimeAlwaysAndServesInTheEndWhenItAloneStands(long seed) {
        var served = 0;
        for (var history = 0; history < HISTORIES; history++) {
            var world = new World(seed * 1_000_000 + history);
            world.run();
            assertThat(world.tenure.serving())
                    .as("history %s of seed %s", history, seed)
                    .contains(new Claim.Fenced(world.alive, new Fence(world.fences)));
            served += world.served;
        }
        assertThat(served).as("the histories are not empty").isGreaterThan(2 * HISTORIES);
    }
}
