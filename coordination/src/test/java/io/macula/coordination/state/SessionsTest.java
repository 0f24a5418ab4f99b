package io.macula.coordination.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SessionsTest {

    private static final Duration MOST_OF_TTL = Group.TTL.minusMillis(1);

    private final Group group = new Group();
    private final SessionId ann = group.opened("ann");

    @Test
    void livesOnWhileItIsHeardOf() {
        for (int i = 0; i < 5; i++) {
            group.passes(MOST_OF_TTL);
            assertThat(group.ask(ann, new Request.Renew())).isEqualTo(new Reply.Renewed());
        }
    }

    @Test
    void endsWhenItIsNotHeardOfForItsTimeToLive() {
        group.passes(Group.TTL);

        assertThat(group.ask(ann, new Request.Renew())).isEqualTo(new Reply.NoSession());
        assertThat(group.state().sessions()).isEmpty();
    }

    @Test
    void openingItAgainChangesNothingButAnotherOwnerIsRefused() {
        assertThat(group.apply(new Command.Open(ann, "ann", Group.TTL)))
                .isEqualTo(new Reply.Opened());
        assertThat(group.apply(new Command.Open(ann, "mallory", Group.TTL)))
                .isInstanceOf(Reply.Refused.class);
        assertThat(group.state().sessions()).hasSize(1);
    }

    @Test
    void badNamesAndTimesToLiveAreRefused() {
        assertThat(open("", Group.TTL)).isInstanceOf(Reply.Refused.class);
        assertThat(open("x".repeat(129), Group.TTL)).isInstanceOf(Reply.Refused.class);
        assertThat(open("x", Duration.ofMillis(999))).isInstanceOf(Reply.Refused.class);
        assertThat(open("x", Duration.ofMinutes(11))).isInstanceOf(Reply.Refused.class);
    }

    @Test
    void thereAreAtMost512() {
        for (int i = 1; i < Limits.SESSIONS_MAX; i++) {
            assertThat(open("s" + i, Group.TTL)).isEqualTo(new Reply.Opened());
        }

        assertThat(open("one more", Group.TTL)).isInstanceOf(Reply.Refused.class);
    }

    @Test
    void theClockNeverGoesBack() {
        group.passes(Duration.ofSeconds(5));
        group.ask(ann, new Request.Renew());

        var step = group.state().apply(new Command.Tick(), Duration.ZERO);

        assertThat(step.next().clock()).isEqualTo(Duration.ofSeconds(5));
    }

    private Reply open(String owner, Duration timeToLive) {
        return group.apply(new Command.Open(
                new SessionId(new UUID(9, group.state().sessions().size())), owner,
                timeToLive));
    }
}
