package io.macula.actors.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.dht.RealmKey;
import io.macula.actors.dht.ToldDiscovery;
import io.macula.actors.wire.TopicPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AdvertisedTest {

    private static final Object ANNA = "anna";
    private static final Object BERT = "bert";

    private final MeshRig rig = new MeshRig();
    private final Advertised advertised = rig.advertised();

    private void wants(Object who, String... patterns) {
        var _ = advertised.wants(who, patterns(patterns));
    }

    private static List<TopicPattern> patterns(String... patterns) {
        return List.of(patterns)
                .stream()
                .map(text -> TopicPattern.of(text).orElseThrow())
                .toList();
    }

    private List<RealmKey> provided() {
        return rig.dht().discovery().provided();
    }

    private static RealmKey topic(String topic) {
        return RealmKey.topic(ToldDiscovery.REALM, topic);
    }

    private static RealmKey prefix(String prefix) {
        return RealmKey.topicPrefix(ToldDiscovery.REALM, prefix);
    }

    private static RealmKey procedure(String name) {
        return RealmKey.procedure(ToldDiscovery.REALM, name);
    }

    @Test
    void advertisesWhatIsWantedAndOfferedUnderTheirKeys() {
        wants(Advertised.HERE, "a.b", "a.*.c", "**");
        var _ = advertised.offers(Advertised.HERE, Set.of("add"));

        assertThat(provided()).containsExactlyInAnyOrder(topic("a.b"), prefix("a"), prefix(""),
                procedure("add"));
    }

    @Test
    void takesAKeyBackWhenTheLastWhoStandsBehindItLeaves() {
        wants(ANNA, "a");
        wants(BERT, "a", "b");

        wants(ANNA);
        assertThat(provided()).containsExactlyInAnyOrder(topic("a"), topic("b"));
        advertised.left(BERT);

        assertThat(provided()).isEmpty();
    }

    @Test
    void countsOneSourceOnceHoweverOftenItSaysTheSame() {
        wants(ANNA, "a.*", "a.**");
        wants(ANNA, "a.*");
        wants(ANNA, "a.*", "b");

        wants(ANNA, "b");

        assertThat(provided()).containsExactly(topic("b"));
    }

    @Test
    void keepsWishesAndOffersOfOneSourceApart() {
        wants(ANNA, "a");
        var _ = advertised.offers(ANNA, Set.of("a"));

        wants(ANNA);
        assertThat(provided()).containsExactly(procedure("a"));
        advertised.left(ANNA);

        assertThat(provided()).isEmpty();
    }

    @Test
    void survivesThatSomebodyLeavesTwiceOrWasNeverThere() {
        wants(BERT, "a");
        wants(ANNA, "a");

        advertised.left(ANNA);
        advertised.left(ANNA);
        advertised.left("nobody");

        assertThat(provided()).containsExactly(topic("a"));
    }

    @Test
    void advertisesAgainWhatWasTakenBack() {
        wants(ANNA, "a");
        wants(ANNA);
        wants(ANNA, "a");

        assertThat(provided()).containsExactly(topic("a"));
    }

    @Test
    void forgetsThoseWhoWentWithoutAWord() {
        wants(ANNA, "a");
        var _ = advertised.offers(ANNA, Set.of("add"));
        wants(BERT, "a");

        advertised.forget(ANNA::equals);

        assertThat(provided()).containsExactly(topic("a"));
        advertised.left(BERT);
        assertThat(provided()).isEmpty();
    }

    @Test
    void isDoneAtOnceWhenNothingIsNewAndNotBeforeWhenSomethingIs() {
        var first = advertised.wants(ANNA, patterns("a")).toCompletableFuture();
        var again = advertised.wants(ANNA, patterns("a")).toCompletableFuture();
        var gone = advertised.wants(ANNA, List.of()).toCompletableFuture();

        assertThat(first).isNotDone();
        assertThat(again).isDone();
        assertThat(gone).isDone();
    }

    @Test
    void losesNoCountWhenManyComeAndGoAtTheSameTime() {
        var all = new ArrayList<CompletableFuture<Void>>();
        for (var number = 0; number < 8; number++) {
            Object who = "source-" + number;
            all.add(CompletableFuture.runAsync(() -> {
                for (var round = 0; round < 200; round++) {
                    wants(who, "a", "b." + round % 3);
                    wants(who, "b." + round % 2);
                }
                advertised.left(who);
            }));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();

        assertThat(provided()).isEmpty();
        wants(ANNA, "a");
        assertThat(provided()).containsExactly(topic("a"));
    }
}
