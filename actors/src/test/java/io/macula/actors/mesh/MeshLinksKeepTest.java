package io.macula.actors.mesh;

import static io.macula.actors.link.fake.Eventually.eventually;
import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.fake.FakeLink;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// Which link to a node is kept, and when it is dialled again.
class MeshLinksKeepTest extends MeshLinksSetting {

    @Test
    void doesNotDialANodeThatIsWantedWhenThereIsALinkAlready() {
        knows(HIGHER);
        neighbours.up(new FakeLink(HIGHER).accepted());

        mesh.wants(HIGHER);
        forward(HIGHER, 1);

        awaitFates(Parcel.Fate.SENT);
        assertThat(dialled.dials()).isEmpty();
    }

    @Test
    void keepsTheLinkOfTheLowerIdWhenBothDialledAtTheSameTime() {
        knows(LOWER);
        forward(LOWER, 1);
        dial(0);
        var theirs = new FakeLink(LOWER).accepted();
        neighbours.up(theirs);
        var ours = dial(0).comesThrough(LOWER);

        awaitSent(theirs, 1);
        assertThat(ours.isClosed()).as("the far side may be sending over it").isFalse();
        assertThat(neighbours.direct(LOWER)).containsSame(theirs);
        eventually(() -> ours.closeCode().equals("superseded"));
        assertThat(theirs.isClosed()).isFalse();
    }

    @Test
    void hearsALinkThatItGivesUpAsLongAsItIsInUse() {
        knows(LOWER);
        mesh.wants(LOWER);
        dial(0);
        neighbours.up(new FakeLink(LOWER).accepted());
        var ours = dial(0).comesThrough(LOWER);
        eventually(() -> upgrading.isEmpty());
        var begun = System.nanoTime();

        while (System.nanoTime() - begun < MeshLinks.QUIET.multipliedBy(3).toNanos()) {
            ours.isUsed();
            assertThat(ours.isClosed()).isFalse();
            LockSupport.parkNanos(MeshLinks.QUIET.dividedBy(20).toNanos());
        }

        eventually(() -> ours.closeCode().equals("superseded"));
    }

    @Test
    void keepsItsOwnLinkWhenItsIdIsTheLowerOne() {
        knows(HIGHER);
        forward(HIGHER, 1);
        dial(0);
        var theirs = new FakeLink(HIGHER).accepted();
        neighbours.up(theirs);

        var ours = dial(0).comesThrough(HIGHER);

        awaitSent(ours, 1);
        assertThat(ours.isClosed()).isFalse();
        assertThat(theirs.isClosed()).as("its owner closes it").isFalse();
    }

    @Test
    void keepsItsOwnLinkWhenTheOtherOneIsInDoubt() {
        knows(LOWER);
        mesh.wants(LOWER);
        dial(0);
        var theirs = new FakeLink(LOWER).accepted();
        theirs.setSuspect(true);
        neighbours.up(theirs);
        var ours = dial(0).comesThrough(LOWER);
        forward(LOWER, 1);

        awaitSent(ours, 1);
        assertThat(ours.isClosed()).isFalse();
    }

    @Test
    void doesNotDialANodeAgainWhoseLinkIsInDoubt() {
        knows(LOWER);
        knows(HIGHER);
        var theirs = new FakeLink(LOWER).accepted();
        theirs.setSuspect(true);
        neighbours.up(theirs);

        mesh.wants(LOWER);
        mesh.wants(HIGHER);
        dial(0);

        assertThat(dialled.dials()).extracting(dial -> dial.address().expectedId().orElseThrow())
                .containsExactly(HIGHER);
    }

    @Test
    void dialsAgainWhenTheLinkHadClosedBeforeItWasHeardOf() {
        knows(HIGHER);
        forward(HIGHER, 1);
        var dead = dial(0).link(HIGHER);
        dead.isLost();
        dial(0).comesThrough(dead);
        awaitFates(Parcel.Fate.NO_WAY);
        clock.turn(MeshPool.PAUSE_MIN);

        mesh.wants(HIGHER);

        assertThat(dial(1).comesThrough(HIGHER).isClosed()).isFalse();
    }

    @Test
    void dialsAgainANodeThatIsWantedWhoseLinkHadClosedBeforeItWasHeardOf() {
        knows(HIGHER);
        mesh.wants(HIGHER);
        var dead = dial(0).link(HIGHER);
        dead.isLost();
        dial(0).comesThrough(dead);
        eventually(upgrading::isEmpty);
        clock.turn(MeshPool.PAUSE_MIN);

        mesh.wants(HIGHER);

        assertThat(dial(1).address().expectedId()).contains(HIGHER);
    }

    @Test
    void closesTheLinkThatWasUsedLongestAgoWhenItKeepsTooMany() {
        var first = linkedTo(0);
        var second = linkedTo(1);
        forward(node(20), 5);
        awaitSent(first, 2);

        var third = linkedTo(2);

        eventually(second::isClosed);
        assertThat(second.closeCode()).isEqualTo("evicted");
        assertThat(first.isClosed() || third.isClosed()).isFalse();
    }

    private FakeLink linkedTo(int number) {
        var far = node(20 + number);
        knows(far);
        forward(far, number);
        var link = dial(number).comesThrough(far);
        awaitSent(link, 1);
        return link;
    }

    @Test
    void closesLinksThatAKilledIncarnationLeftOpenOrStillDials() {
        knows(HIGHER);
        knows(LOWER);
        forward(HIGHER, 1);
        var left = dial(0).comesThrough(HIGHER);
        awaitSent(left, 1);
        forward(LOWER, 2);
        dial(1);

        process = start();
        eventually(left::isClosed);
        var late = dial(1).comesThrough(LOWER);

        eventually(late::isClosed);
        assertThat(open.count()).isZero();
        eventually(upgrading::isEmpty);
    }
}
