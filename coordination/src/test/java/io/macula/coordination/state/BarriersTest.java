package io.macula.coordination.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BarriersTest {

    private static final Duration MOST_OF_TTL = Group.TTL.minusMillis(1);

    private final Group group = new Group();
    private final SessionId ann = group.opened("ann");
    private final SessionId bob = group.opened("bob");
    private final SessionId eve = group.opened("eve");

    @Test
    void allPassTogetherAndTheNextGenerationIsGreater() {
        assertThat(group.enter(ann, "b", 2)).isEqualTo(new Reply.Entered("b"));
        var first = (Reply.Passed) group.enter(bob, "b", 2);
        assertThat(group.replyTo(ann, 1)).isEqualTo(first);

        group.enter(eve, "b", 2);
        var second = (Reply.Passed) group.enter(ann, "b", 2);

        assertThat(second.generation()).isGreaterThan(first.generation());
    }

    @Test
    void whoseSessionEndsBreaksItForAll() {
        group.enter(ann, "b", 3);
        group.passes(MOST_OF_TTL);
        group.enter(bob, "b", 3);

        group.passes(Duration.ofMillis(1));
        group.apply(new Command.Tick());

        assertThat(group.replyTo(bob, 1)).isEqualTo(new Reply.Broken());
        assertThat(group.state().barriers()).isEmpty();
    }

    @Test
    void whoWithdrawsBreaksItForTheOthers() {
        group.enter(ann, "b", 3);
        group.enter(bob, "b", 3);

        group.ask(ann, new Request.Withdraw(1));

        assertThat(group.replyTo(bob, 1)).isEqualTo(new Reply.Broken());
        assertThat(group.replyTo(ann, 1)).isEqualTo(new Reply.Withdrawn());
    }

    @Test
    void anotherNumberOfPartiesIsRefused() {
        group.enter(ann, "b", 3);

        assertThat(group.enter(bob, "b", 2)).isInstanceOf(Reply.Refused.class);
        assertThat(group.enter(ann, "b", 3)).isInstanceOf(Reply.Refused.class);
        assertThat(group.enter(bob, "c", 0)).isInstanceOf(Reply.Refused.class);
        assertThat(group.enter(bob, "c", 65)).isInstanceOf(Reply.Refused.class);
    }

    @Test
    void oneOfOnePassesAtOnce() {
        assertThat(group.enter(ann, "b", 1)).isInstanceOf(Reply.Passed.class);
    }
}
