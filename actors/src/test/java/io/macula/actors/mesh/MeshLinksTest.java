package io.macula.actors.mesh;

import static io.macula.actors.link.fake.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.Link;
import io.macula.actors.link.fake.FakeLink;
import io.macula.actors.wire.Ping;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is dialled, and what becomes of a parcel that waits for a link.
class MeshLinksTest extends MeshLinksSetting {

    @Test
    void dialsTheAddressThatIsKnownInsistingOnTheIdAndKeepsTheLink() {
        knows(HIGHER);
        forward(HIGHER, 1);
        assertThat(dial(0).address().expectedId()).contains(HIGHER);
        var link = dial(0).comesThrough(HIGHER);
        awaitSent(link, 1);

        forward(HIGHER, 2);
        awaitSent(link, 2);

        assertThat(link.sent()).containsExactly(new Ping(1), new Ping(2));
        assertThat(dialled.dials()).hasSize(1);
        awaitFates(Parcel.Fate.SENT, Parcel.Fate.SENT);
    }

    @Test
    void saysWhatFoundNoWay() {
        forward(HIGHER, 1);
        awaitFates(Parcel.Fate.NO_WAY);

        knows(LOWER);
        forward(LOWER, 2);
        dial(0).fails();

        awaitFates(Parcel.Fate.NO_WAY, Parcel.Fate.NO_WAY);
        assertThat(upgrading).isEmpty();
    }

    @Test
    void leavesANodeThatRefusesAloneForAWhile() {
        knows(HIGHER);
        forward(HIGHER, 1);
        dial(0).isRefused("limit_reached");
        awaitFates(Parcel.Fate.NO_WAY);

        forward(HIGHER, 2);
        awaitFates(Parcel.Fate.NO_WAY, Parcel.Fate.NO_WAY);
        assertThat(dialled.dials()).hasSize(1);
        clock.turn(MeshPool.PAUSE_MIN);
        forward(HIGHER, 3);

        awaitSent(dial(1).comesThrough(HIGHER), 1);
    }

    @Test
    void triesAllAddressesAtTheSameTimeAndKeepsTheFirstThatAnswers() {
        addresses.learn(HIGHER, "10.0.0.1", 9443);
        addresses.learn(HIGHER, "10.0.0.2", 9443);
        addresses.learn(HIGHER, "10.0.0.3", 9443);
        forward(HIGHER, 1);
        dial(2);

        dial(0).fails();
        var first = dial(1).comesThrough(HIGHER);
        var late = dial(2).comesThrough(HIGHER);

        awaitSent(first, 1);
        assertThat(late.closeCode()).isEqualTo("superseded");
        assertThat(first.isClosed()).isFalse();
        assertThat(open.count()).isEqualTo(1);
    }

    @Test
    void givesUpWhenTheLastOfItsAddressesHasFailed() {
        addresses.learn(HIGHER, "10.0.0.1", 9443);
        addresses.learn(HIGHER, "10.0.0.2", 9443);
        forward(HIGHER, 1);
        dial(1).fails();
        assertThat(fates).isEmpty();

        dial(0).isRefused("wrong_id");

        awaitFates(Parcel.Fate.NO_WAY);
    }

    @Test
    void letsOnlyOneOfSeveralDialsProveItselfUntilThatFails() {
        addresses.learn(HIGHER, "10.0.0.1", 9443);
        addresses.learn(HIGHER, "10.0.0.2", 9443);
        forward(HIGHER, 1);

        assertThat(dial(1).listener().mayProve()).isTrue();
        assertThat(dial(0).listener().mayProve()).isFalse();
        dial(1).fails();

        assertThat(dial(0).listener().mayProve()).isTrue();
    }

    @Test
    void showsANodeAsUpgradingWhileADirectLinkToItIsDialled() {
        knows(HIGHER);

        mesh.wants(HIGHER);

        dial(0);
        assertThat(mesh.path(HIGHER)).contains(Way.Path.UPGRADING);
        dial(0).comesThrough(HIGHER);
        eventually(() -> mesh.path(HIGHER).equals(Optional.of(Way.Path.DIRECT))
                && upgrading.isEmpty());
    }

    @Test
    void tellsThoseThatWaitWhenItStops() {
        knows(HIGHER);
        forward(HIGHER, 1);
        dial(0);

        kit.stop(process);

        awaitFates(Parcel.Fate.NO_WAY);
        assertThat(upgrading).isEmpty();
    }

    @Test
    void hasABoundOnWhatWaitsInItsMailbox() {
        var nobody = kit.<MeshLinks.Command>createTestProbe();
        mesh.dialsBy(nobody.ref());

        for (var number = 0; number < Mesh.ASKED_MAX + 5; number++) {
            forward(HIGHER, number);
        }

        assertThat(fates).hasSize(5).containsOnly(Parcel.Fate.NO_WAY);
        mesh.wants(LOWER);
        assertThat(nobody.receiveSeveralMessages(Mesh.ASKED_MAX)).hasSize(Mesh.ASKED_MAX);
        nobody.expectNoMessage(Duration.ZERO);
    }

    @Test
    void hasRoomAgainInItsMailboxForWhatItHasRead() {
        for (var number = 0; number < 3 * Mesh.ASKED_MAX; number++) {
            var before = number;
            forward(HIGHER, number);
            if (number % 1_000 == 999) {
                eventually(() -> fates.size() == before + 1);
            }
        }
        knows(LOWER);

        forward(LOWER, 1);

        Link link = dial(0).comesThrough(LOWER);
        awaitSent((FakeLink) link, 1);
    }
}
