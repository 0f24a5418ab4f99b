package io.macula.coordination.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.macula.app.Payload;
import io.macula.app.coordination.Acquired;
import io.macula.app.coordination.Fence;
import io.macula.app.coordination.FencedSession;
import io.macula.app.coordination.LeadershipChange;
import io.macula.app.coordination.Lock;
import io.macula.app.coordination.NoQuorum;
import io.macula.app.coordination.Opening;
import io.macula.app.coordination.Passage;
import io.macula.app.coordination.Refused;
import io.macula.app.coordination.Released;
import io.macula.app.coordination.SessionLost;
import io.macula.app.coordination.Standing;
import io.macula.app.coordination.Transacted;
import io.macula.app.coordination.Transaction;
import io.macula.coordination.state.Claim;
import io.macula.coordination.state.Command;
import io.macula.coordination.state.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FencedClientTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration TTL = Duration.ofSeconds(30);

    private final MemoryVoters voters = new MemoryVoters();
    private final FencedClient client = FencedClient.over(voters);

    @AfterEach
    void close() {
        client.close();
    }

    private FencedSession open(String owner, Duration timeToLive) {
        return ((Opening.Opened) get(client.open(owner, timeToLive, SOON))).session();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static Lock granted(Acquired acquired) {
        return ((Acquired.Granted) acquired).lock();
    }

    @Nested
    class Locks {

        @Test
        void whoWaitsGetsItWhenItIsReleasedUnderANewerFence() {
            var ann = open("ann", TTL);
            var bob = open("bob", TTL);
            var first = granted(get(ann.acquireLock("l", SOON)));
            var waiting = bob.acquireLock("l", SOON);
            await().until(() -> !voters.queue("l").isEmpty());

            assertThat(get(ann.release(first, SOON))).isEqualTo(new Released.Done());

            assertThat(granted(get(waiting)).fence().isNewerThan(first.fence())).isTrue();
            assertThat(get(ann.release(first, SOON))).isEqualTo(new Released.NotHeld());
        }

        @Test
        void whoWaitsInVainIsToldWhoHasItAndLeavesTheQueue() {
            var ann = open("ann", TTL);
            granted(get(ann.acquireLock("l", SOON)));

            var answer = get(open("bob", TTL).acquireLock("l", SHORT));

            assertThat(answer).isEqualTo(new Acquired.NotGranted("ann"));
            assertThat(voters.queue("l")).isEmpty();
        }

        @Test
        void withoutAMajorityItIsSaidSoInTimeAndAGrantThatHappenedIsGivenBackLater() {
            var ann = open("ann", TTL);
            voters.losesReplies(_ -> true);

            assertThat(get(ann.acquireLock("l", SHORT))).isInstanceOf(NoQuorum.class);
            assertThat(voters.state().claims()).containsKey(Claim.lock("l"));

            voters.heals();
            await().atMost(SOON).until(() -> voters.state().claims().isEmpty());
            assertThat(get(ann.acquireLock("l", SOON))).isInstanceOf(Acquired.Granted.class);
        }

        @Test
        void closingTheSessionPassesItOn() {
            var ann = open("ann", TTL);
            granted(get(ann.acquireLock("l", SOON)));
            var waiting = open("bob", TTL).acquireLock("l", SOON);

            ann.close();

            assertThat(get(waiting)).isInstanceOf(Acquired.Granted.class);
            assertThat(get(ann.acquireLock("l", SOON))).isInstanceOf(SessionLost.class);
            assertThat(get(ann.ended())).contains("owner");
        }

        @Test
        void aSeventeenthCallIsRefused() {
            var ann = open("ann", TTL);
            var bob = open("bob", TTL);
            var calls = new ArrayList<CompletionStage<Acquired>>();
            for (int i = 0; i < ClientSession.CALLS_MAX; i++) {
                granted(get(ann.acquireLock("l" + i, SOON)));
                calls.add(bob.acquireLock("l" + i, SOON));
            }

            assertThat(get(bob.acquireLock("x", SOON))).isInstanceOf(Refused.class);

            ann.close();
            calls.forEach(call -> assertThat(get(call)).isInstanceOf(Acquired.Granted.class));
        }
    }

    @Nested
    class Sessions {

        @Test
        void livesLongerThanItsTimeToLiveByItself() {
            var ann = open("ann", Duration.ofSeconds(1));
            var began = voters.state().clock();

            await().atMost(SOON)
                    .until(() -> voters.state().clock().minus(began).toMillis() > 2_500);

            assertThat(get(ann.acquireLock("l", SOON))).isInstanceOf(Acquired.Granted.class);
            assertThat(ann.isFresh()).isTrue();
        }

        @Test
        void ofWhichNothingIsHeardEndsAndIsNotFreshBefore() {
            var ann = open("ann", Duration.ofSeconds(1));
            granted(get(ann.acquireLock("l", SOON)));
            voters.losesRequests(command -> command instanceof Command.Ask);

            await().atMost(SOON).until(() -> !ann.isFresh());
            assertThat(ann.ended().toCompletableFuture()).isNotDone();
            await().atMost(SOON).until(() -> {
                voters.decide(new Command.Tick(), SOON);
                return voters.state().sessions().isEmpty();
            });
            voters.heals();

            assertThat(get(ann.ended())).contains("nothing was heard");
            assertThat(get(ann.release(new Lock("l", new Fence(1)), SOON)))
                    .isInstanceOf(SessionLost.class);
        }

        @Test
        void badValuesAreRefusedAndNoMajorityIsSaidInTime() {
            assertThat(get(client.open("", TTL, SOON))).isInstanceOf(Refused.class);
            voters.losesRequests(_ -> true);

            assertThat(get(client.open("ann", TTL, SHORT))).isInstanceOf(NoQuorum.class);
            assertThat(get(client.leader("e", SHORT))).isInstanceOf(NoQuorum.class);
        }
    }

    @Nested
    class Elections {

        @Test
        void theNextCandidateLeadsAfterTheLeaderResignedAndWatchersAreTold() {
            var told = new CopyOnWriteArrayList<LeadershipChange>();
            try (var _ = client.onLeadershipChange("e", told::add)) {
                await().atMost(SOON).until(() -> !told.isEmpty());
                var ann = open("ann", TTL);
                var bob = open("bob", TTL);
                var first = ((Standing.Leads) get(ann.electLeader("e", SOON))).fence();
                assertThat(get(bob.electLeader("e", SOON))).isInstanceOf(Standing.Follows.class);
                assertThat(get(bob.isLeader("e", SOON))).isInstanceOf(Standing.Follows.class);
                await().atMost(SOON).until(() -> told.size() == 2);

                assertThat(get(ann.resign("e", SOON))).isEqualTo(new Released.Done());

                var second = ((Standing.Leads) get(bob.isLeader("e", SOON))).fence();
                assertThat(second.isNewerThan(first)).isTrue();
                assertThat(get(client.leader("e", SOON))).isInstanceOfSatisfying(
                        Standing.Follows.class,
                        follows -> assertThat(follows.leader().owner()).isEqualTo("bob"));
                await().atMost(SOON).until(() -> told.size() == 3);
                assertThat(told).hasExactlyElementsOfTypes(LeadershipChange.Vacated.class,
                        LeadershipChange.Led.class, LeadershipChange.Led.class);
            }
        }

        @Test
        void whoIsNoCandidateSeesWhoLeadsAndHasNothingToResign() {
            var ann = open("ann", TTL);
            var bob = open("bob", TTL);
            assertThat(get(bob.isLeader("e", SOON))).isEqualTo(new Standing.Vacant());
            get(ann.electLeader("e", SOON));

            assertThat(get(bob.isLeader("e", SOON))).isInstanceOf(Standing.Follows.class);
            assertThat(get(bob.resign("e", SOON))).isEqualTo(new Released.NotHeld());
        }

        @Test
        void askingAgainTellsTheSameFence() {
            var ann = open("ann", TTL);

            assertThat(get(ann.electLeader("e", SOON))).isEqualTo(get(ann.electLeader("e", SOON)));
        }

        @Test
        void aCandidacyInDoubtIsWithdrawn() {
            var ann = open("ann", TTL);
            voters.losesReplies(_ -> true);
            assertThat(get(ann.electLeader("e", SHORT))).isInstanceOf(NoQuorum.class);

            voters.heals();

            await().atMost(SOON).until(() -> voters.state().claims().isEmpty());
        }

        @Test
        void aSessionStandsInSoManyElectionsOnly() {
            var ann = open("ann", TTL);
            for (int i = 0; i < Candidacies.MAX; i++) {
                assertThat(get(ann.electLeader("e" + i, SOON))).isInstanceOf(Standing.Leads.class);
            }

            assertThat(get(ann.electLeader("x", SOON))).isInstanceOf(Refused.class);
            get(ann.resign("e0", SOON));
            assertThat(get(ann.electLeader("x", SOON))).isInstanceOf(Standing.Leads.class);
        }

        @Test
        void watchesAreBounded() {
            var watches = new ArrayList<AutoCloseable>();
            for (int i = 0; i < FencedClient.WATCHES_MAX; i++) {
                watches.add(client.onLeadershipChange("e", _ -> {}));
            }

            assertThatThrownBy(() -> client.onLeadershipChange("e", _ -> {}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("64");
            assertThat(watches).hasSize(64);
        }
    }

    @Nested
    class BarriersAndTheStore {

        @Test
        void allPassTogether() {
            var sessions = List.of(open("a", TTL), open("b", TTL), open("c", TTL));

            var passages = sessions.stream()
                    .map(s -> s.barrier("b", 3, SOON))
                    .toList()
                    .stream()
                    .map(FencedClientTest::get)
                    .distinct()
                    .toList();

            assertThat(passages).hasSize(1);
            assertThat(passages.getFirst()).isInstanceOf(Passage.Passed.class);
        }

        @Test
        void whoWaitsInVainBreaksItForTheOther() {
            var ann = open("ann", TTL).barrier("b", 3, SHORT);
            var bob = open("bob", TTL).barrier("b", 3, SOON);

            assertThat(get(ann)).isInstanceOf(Passage.Broken.class);
            assertThat(get(bob)).isInstanceOf(Passage.Broken.class);
        }

        @Test
        void aTransactionInDoubtRunsOnceOrNever() {
            var ann = open("ann", TTL);
            voters.losesReplies(command -> command instanceof Command.Ask ask
                    && ask.request() instanceof Request.Transact);
            assertThat(get(ann.transact(Transaction.put("k", Payload.of("1")), SHORT)))
                    .isInstanceOf(NoQuorum.class);

            voters.heals();

            assertThat(get(ann.transact(Transaction.putIfAbsent("k", Payload.of("2")), SOON)))
                    .isInstanceOfSatisfying(Transacted.Done.class,
                            done -> assertThat(done.succeeded()).isFalse());
        }
    }
}
