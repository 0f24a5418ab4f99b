package io.macula.actors.gateway;

import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.gateway.ClientSessions.Admitted;
import io.macula.actors.link.fake.FakeLink;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClientSessionsTest {

    private static Admitted.In admit(ClientSessions sessions, int number) {
        return (Admitted.In) sessions.admit(new FakeLink(node(number)));
    }

    @Test
    void letsTenThousandPeersInAndNoMore() {
        var sessions = new ClientSessions(10_000, 10);
        for (var number = 0; number < 10_000; number++) {
            admit(sessions, number);
        }

        var refused = sessions.admit(new FakeLink(node(10_000)));

        assertThat(refused).isInstanceOfSatisfying(Admitted.Full.class,
                full -> assertThat(full.reason().code()).isEqualTo("limit_reached"));
        assertThat(sessions.count()).isEqualTo(10_000);
        assertThat(sessions.refused()).isEqualTo(1);
    }

    @Test
    void letsAPeerInAgainAlsoWhenThereIsNoRoom() {
        var sessions = new ClientSessions(1, 10);
        var older = admit(sessions, 1).session();

        var again = admit(sessions, 1);

        assertThat(again.replaced()).isSameAs(older);
        assertThat(sessions.of(node(1))).containsSame(again.session());
        assertThat(again.session().party()).isNotEqualTo(older.party());
    }

    @Test
    void keepsTheNewerSessionWhenTheOlderIsForgotten() {
        var sessions = new ClientSessions(10, 10);
        var older = admit(sessions, 1).session();
        var newer = admit(sessions, 1).session();

        sessions.remove(older);

        assertThat(sessions.of(node(1))).containsSame(newer);
    }

    @Test
    void listsClosedSessionsUntilTheyAreRemovedReplacedOnesToo() {
        var sessions = new ClientSessions(10, 10);
        var older = admit(sessions, 1).session();
        admit(sessions, 1);
        var left = admit(sessions, 2).session();
        older.close();
        left.close();

        assertThat(sessions.closed()).containsExactlyInAnyOrder(older, left);
        sessions.remove(older);
        sessions.remove(left);
        assertThat(sessions.closed()).isEmpty();
        assertThat(sessions.count()).isEqualTo(1);
    }

    @Test
    void staysWithinItsLimitWhenManyComeAtOnce() {
        var sessions = new ClientSessions(100, 10);
        var admitted = new AtomicInteger();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var number = 0; number < 1_000; number++) {
                var peer = node(number);
                pool.execute(() -> {
                    if (sessions.admit(new FakeLink(peer)) instanceof Admitted.In) {
                        admitted.incrementAndGet();
                    }
                });
            }
        }

        assertThat(admitted).hasValue(100);
        assertThat(sessions.refused()).isEqualTo(900);
    }
}
