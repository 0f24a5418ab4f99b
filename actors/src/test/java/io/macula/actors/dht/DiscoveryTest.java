package io.macula.actors.dht;

import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.macula.actors.dht.OpenTasks.Task;
import io.macula.actors.identity.NodeKey;
import io.macula.actors.identity.Realm;
import io.macula.actors.link.fake.TurningClock;
import io.macula.actors.wire.Bytes;
import io.macula.dht.Contact;
import io.macula.dht.Endpoint;
import io.macula.dht.lookup.Goal;
import io.macula.dht.lookup.LookupResult;
import io.macula.dht.record.SignedRecord;
import io.macula.dht.store.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The process behind it is played by the test, which answers the tasks.
class DiscoveryTest {

    private static final RealmKey ADD = RealmKey.procedure("home", "add");
    private static final Contact HOLDER = new Contact(node(1), Endpoint.of("10.0.0.1", 1));

    private final TurningClock clock = new TurningClock();
    private final NodeKey key = NodeKey.generate();
    private final Discovery discovery = discovery(new DhtConfig(20, 3, Duration.ofSeconds(300),
            Duration.ofSeconds(240), Duration.ofSeconds(60), Duration.ofSeconds(5), 100, 100, 2,
            10));

    private Discovery discovery(DhtConfig config) {
        return new Discovery(new Discovery.Parts(key, Realm.open("home"),
                () -> new Provider(key.id(), List.of(), List.of(), 0), config, clock,
                Runnable::run));
    }

    private SignedRecord provides(NodeKey provider) {
        return SignedRecords.sign(provider, SignedRecord.Kind.PROVIDER, ADD.id(),
                clock.millis(), clock.millis() + 300_000,
                Payloads.ofProvider("home",
                        new Provider(provider.id(), List.of(), List.of(), 0)));
    }

    /// Answers every lookup that was begun, and returns how many there were.
    private int answer(List<Contact> reached, SignedRecord... records) {
        var count = 0;
        for (var task = discovery.tasks().next(10, true); task.isPresent(); task = discovery
                .tasks()
                .next(10, true)) {
            discovery.tasks().done(task.get());
            if (task.get() instanceof Task.Find(var goal, var target, _, var answer)) {
                answer.complete(new LookupResult(target, goal, reached, List.of(records), 1,
                        5, 10, List.of()));
                count++;
            }
        }
        return count;
    }

    private List<Provider> known() {
        return DhtNet.await(discovery.providers(ADD));
    }

    @Test
    void looksUpOnceAndThenKnows() {
        var provider = NodeKey.generate();
        var asked = discovery.providers(ADD);
        var askedToo = discovery.providers(ADD);

        assertThat(answer(List.of(HOLDER), provides(provider))).isOne();

        assertThat(DhtNet.await(asked)).singleElement()
                .satisfies(found -> assertThat(found.node()).isEqualTo(provider.id()));
        assertThat(DhtNet.await(askedToo)).isEqualTo(DhtNet.await(asked));
        clock.turn(Duration.ofMillis(2_400));
        assertThat(known()).hasSize(1);
        assertThat(answer(List.of(HOLDER))).isZero();
    }

    @Test
    void whoGoesOnAskingNeverWaits() {
        discovery.providers(ADD);
        answer(List.of(HOLDER), provides(NodeKey.generate()));

        for (var second = 0; second < 60; second += 4) {
            clock.turn(Duration.ofSeconds(4));
            assertThat(discovery.providers(ADD).toCompletableFuture()).isCompleted();
            assertThat(answer(List.of(HOLDER), provides(NodeKey.generate()))).isOne();
        }
    }

    @Test
    void whoAsksSeldomWaitsForTheTruth() {
        discovery.providers(ADD);
        answer(List.of(HOLDER), provides(NodeKey.generate()));
        clock.turn(Duration.ofMillis(5_001));

        var asked = discovery.providers(ADD).toCompletableFuture();

        assertThat(asked).isNotDone();
        answer(List.of(HOLDER));
        assertThat(asked).isCompletedWithValue(List.of());
    }

    @Test
    void tellsWhatIsCachedToWhoCannotWait() {
        assertThat(discovery.cached(ADD)).isEmpty();
        assertThat(answer(List.of(HOLDER), provides(NodeKey.generate()))).isOne();

        assertThat(discovery.cached(ADD)).hasValueSatisfying(
                found -> assertThat(found).hasSize(1));
        clock.turn(Duration.ofSeconds(20));
        assertThat(discovery.cached(ADD)).as("old, but better than nothing").isPresent();
        assertThat(answer(List.of(HOLDER))).as("it is refreshed").isOne();
        assertThat(discovery.cached(ADD)).contains(List.of());
        clock.turn(Duration.ofSeconds(31));
        assertThat(discovery.cached(ADD)).as("too old to be told").isEmpty();
    }

    @Test
    void goesOnWithWhatItKnewWhileNobodyIsReached() {
        discovery.providers(ADD);
        answer(List.of(HOLDER), provides(NodeKey.generate()));
        clock.turn(Duration.ofSeconds(6));

        var asked = discovery.providers(ADD).toCompletableFuture();
        answer(List.of());

        assertThat(DhtNet.await(asked)).hasSize(1);
        assertThat(discovery.cached(ADD)).isPresent();
    }

    @Test
    void doesNotTakeANodeThatHasWithdrawnForAProviderHoweverLateItsHoldersHear() {
        discovery.advertise(ADD);
        discovery.withdraw(ADD);

        var asked = discovery.providers(ADD);
        answer(List.of(HOLDER), provides(key));

        assertThat(DhtNet.await(asked)).isEmpty();
    }

    @Test
    void asksAgainWhenItBeginsToProvideTheKeyItself() {
        discovery.providers(ADD);
        answer(List.of(HOLDER));

        discovery.advertise(ADD);

        assertThat(discovery.providers(ADD).toCompletableFuture()).isNotDone();
    }

    @Test
    void findsNothingWhenTooMuchIsOpen() {
        discovery.find(Goal.NODES, node(1), 1);
        discovery.find(Goal.NODES, node(2), 1);

        assertThat(discovery.providers(ADD).toCompletableFuture())
                .isCompletedWithValue(List.of());
        assertThat(discovery.find(Goal.NODES, node(3), 1).toCompletableFuture())
                .isCompletedWithValueMatching(result -> result.closest().isEmpty());
        assertThat(discovery.put(ADD, Bytes.EMPTY, Duration.ofHours(1)).toCompletableFuture())
                .isCompletedWithValueMatching(health -> health.asked() == 0);
        assertThat(discovery.table().toCompletableFuture())
                .isCompletedWithValue(Optional.empty());
        answer(List.of(HOLDER));
        assertThat(discovery.providers(ADD).toCompletableFuture())
                .as("the next one is looked up again")
                .isNotDone();
    }

    @Test
    void answersEverybodyWhenTheNodeStops() {
        var lookup = discovery.providers(ADD).toCompletableFuture();
        var joining = discovery.join(List.of(HOLDER)).toCompletableFuture();

        discovery.close();

        assertThat(lookup).isCompletedWithValue(List.of());
        assertThat(joining).isCompletedWithValue(0);
        assertThat(discovery.join(List.of(HOLDER)).toCompletableFuture())
                .isCompletedWithValue(0);
    }

    @Test
    void takesFramesOnlyWhenThereIsAProcessForThem() {
        assertThat(discovery.received(HOLDER, true, DhtFrames.goodbye())).isFalse();
    }

    @Test
    void keepsAValueADayAtMost() {
        discovery.put(ADD, Bytes.utf8("x"), Duration.ofDays(30));

        var expiries = new ArrayList<Long>();
        discovery.tasks().next(10, true).ifPresent(task -> {
            if (task instanceof Task.Put(var signed, var answer)) {
                expiries.add(signed.expiresAtMillis());
                answer.complete(new Health(signed.key(), 1, 1, 0));
            }
        });

        assertThat(expiries).containsExactly(clock.millis() + Duration.ofDays(1).toMillis());
    }

    @Test
    void refusesAValueThatIsTooLong() {
        assertThatIllegalArgumentException().isThrownBy(() -> discovery.put(ADD,
                Bytes.of(new byte[Discovery.VALUE_BYTES_MAX + 1]), Duration.ofHours(1)))
                .withMessageContaining("4096");
    }
}
