package io.macula.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.macula.actors.state.SharedState;
import io.macula.app.State;
import io.macula.app.StateKey;
import io.macula.crdt.Bytes;
import io.macula.crdt.Difference;
import io.macula.crdt.LwwRegister;
import io.macula.crdt.OrSet;
import io.macula.crdt.PnCounter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Three nodes that share state over their links.
class SharedStateIT {

    private static final StateKey<PnCounter> VISITS = StateKey.counter("visits");
    private static final StateKey<OrSet> CART = StateKey.set("cart");
    private static final StateKey<LwwRegister> OWNER = StateKey.register("owner");

    @AutoClose private final ThreeNodes nodes = new ThreeNodes();

    private State state(int node) {
        return nodes.get(node).state().orElseThrow();
    }

    private static State.Changed.Done done(
            java.util.concurrent.CompletionStage<State.Changed> change) {
        return (State.Changed.Done) get(change);
    }

    private static <T> T get(java.util.concurrent.CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(Mesh.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    @Test
    void whatOneNodeWritesAllNodesRead() {
        var visit = done(state(0).update(VISITS,
                (visits, tick) -> visits.increment(tick.dot(), 1)));
        var milk = done(state(1).update(CART, (cart, tick) -> cart.add(tick.dot(), "milk")));
        var owner = done(state(2).put(OWNER, Bytes.utf8("two")));
        var all = visit.version().and(milk.version()).and(owner.version());

        for (int node = 0; node < 3; node++) {
            var read = get(state(node).get(VISITS, all, Mesh.PATIENCE));

            assertThat(read).isInstanceOf(State.Read.Value.class);
            assertThat(state(node).get(VISITS).value()).isEqualTo(1);
            assertThat(state(node).get(CART).contains("milk")).isTrue();
            assertThat(state(node).get(OWNER).value()).contains(Bytes.utf8("two"));
        }
    }

    @Test
    void subscribersHearOfChangesElsewhere() {
        var heard = Collections.synchronizedList(new ArrayList<Difference>());
        var subscribed = state(2).subscribe(new State.Interest.Prefix("ca"), heard::addAll);
        assertThat(subscribed).isInstanceOf(State.Subscribed.Active.class);

        done(state(0).update(CART, (cart, tick) -> cart.add(tick.dot(), "tea")));
        done(state(1).put(OWNER, Bytes.utf8("nobody")));

        await().atMost(Mesh.PATIENCE)
                .untilAsserted(() -> assertThat(heard).hasSize(1)
                        .first()
                        .isInstanceOfSatisfying(Difference.Added.class,
                                added -> assertThat(added.element())
                                        .isEqualTo(Bytes.utf8("tea"))));
    }

    @Test
    void changesMadeTogetherAreSeenTogether() {
        var both = done(state(0).updateAll(List.of(
                CART.edit((cart, tick) -> cart.add(tick.dot(), "bread")),
                VISITS.edit((visits, tick) -> visits.increment(tick.dot(), 2)))));

        get(state(1).get(CART, both.version(), Mesh.PATIENCE));

        assertThat(state(1).get(CART).contains("bread")).isTrue();
        assertThat(state(1).get(VISITS).value()).isEqualTo(2);
    }

    @Test
    void aProcessThatCrashesLosesNothing() {
        done(state(0).update(VISITS, (visits, tick) -> visits.increment(tick.dot(), 5)));

        assertThat(nodes.get(0).crash("macula/platform_system/state_replicator")).isTrue();
        await().atMost(Mesh.PATIENCE)
                .until(() -> get(state(0).update(VISITS,
                        (visits, tick) -> visits.increment(tick.dot(),
                                1))) instanceof State.Changed.Done);

        assertThat(state(0).get(VISITS).value()).isEqualTo(6);
        await().atMost(Mesh.PATIENCE).until(() -> state(2).get(VISITS).value() == 6);
    }

    @Test
    void aNodeThatJoinsLaterGetsEverything() {
        for (int i = 0; i < 500; i++) {
            var element = "element " + i;
            done(state(0).update(CART, (cart, tick) -> cart.add(tick.dot(), element)));
        }

        nodes.join("three");

        await().atMost(Mesh.PATIENCE).until(() -> state(3).get(CART).size() == 500);
    }

    /// One that is only out of reach would be waited for twice as long.
    @Test
    void nothingIsKeptForANodeThatStoppedInGoodOrder() {
        done(state(2).put(OWNER, Bytes.utf8("two")));
        await().atMost(Mesh.PATIENCE).until(() -> state(0).get(OWNER).value().isPresent());
        var left = nodes.get(2).id().leadingBits();

        nodes.get(2).close();

        await().atMost(Duration.ofSeconds(30)).until(() -> awaySince(0, left) > 0);
    }

    private long awaySince(int node, long member) {
        return nodes.get(node)
                .sharedState()
                .flatMap(SharedState::replicator)
                .map(replicator -> replicator.members().getOrDefault(member, 0L))
                .orElse(0L);
    }

    @Test
    void aNodeThatHasStoppedTakesNoChanges() {
        nodes.get(2).close();

        assertThat(get(state(2).update(VISITS,
                (visits, tick) -> visits.increment(tick.dot(), 1))))
                .isInstanceOfAny(State.Changed.Unknown.class, State.Changed.Busy.class,
                        State.Changed.Unavailable.class);
    }
}
