package io.macula.coordination.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClaimsTest {

    private static final Duration MOST_OF_TTL = Group.TTL.minusMillis(1);

    private final Group group = new Group();
    private final SessionId ann = group.opened("ann");
    private final SessionId bob = group.opened("bob");
    private final SessionId eve = group.opened("eve");

    @Test
    void oneHasItAndOthersWaitInTheirOrder() {
        long first = Group.fence(group.acquire(ann, "l"));
        assertThat(group.acquire(bob, "l")).isInstanceOf(Reply.Queued.class);
        assertThat(group.acquire(eve, "l")).isInstanceOf(Reply.Queued.class);

        group.release(ann, "l", first);

        long second = Group.fence(group.replyTo(bob, 1));
        assertThat(second).isGreaterThan(first);
        assertThat(group.replyTo(eve, 1)).isInstanceOf(Reply.Queued.class);
    }

    @Test
    void passesOnWhenTheHoldersSessionEnds() {
        long first = Group.fence(group.acquire(ann, "l"));
        group.passes(MOST_OF_TTL);
        group.acquire(bob, "l");

        group.passes(Duration.ofMillis(1));
        group.apply(new Command.Tick());

        assertThat(Group.fence(group.replyTo(bob, 1))).isGreaterThan(first);
    }

    @Test
    void whoWaitsAndEndsIsSkipped() {
        long fence = Group.fence(group.acquire(ann, "l"));
        group.acquire(bob, "l");
        group.acquire(eve, "l");
        group.ask(bob, new Request.Close());

        group.release(ann, "l", fence);

        assertThat(group.replyTo(eve, 1)).isInstanceOf(Reply.Granted.class);
    }

    @Test
    void anOldFenceReleasesNothing() {
        long old = Group.fence(group.acquire(ann, "l"));
        group.release(ann, "l", old);
        long current = Group.fence(group.acquire(ann, "l"));

        assertThat(group.release(ann, "l", old)).isEqualTo(new Reply.NotHeld());
        assertThat(group.release(bob, "l", current)).isEqualTo(new Reply.NotHeld());
        assertThat(group.release(ann, "l", current)).isEqualTo(new Reply.Released());
    }

    @Test
    void oneSessionAsksOnceOnly() {
        group.acquire(ann, "l");
        group.acquire(bob, "l");

        assertThat(group.acquire(ann, "l")).isInstanceOf(Reply.Refused.class);
        assertThat(group.acquire(bob, "l")).isInstanceOf(Reply.Refused.class);
    }

    @Test
    void whoDoesNotWaitIsToldWhoHasIt() {
        group.acquire(ann, "l");

        var reply = group.ask(bob, new Request.Acquire(Claim.lock("l"), false));

        assertThat(reply).isInstanceOfSatisfying(Reply.Taken.class,
                taken -> assertThat(taken.holder().owner()).isEqualTo("ann"));
        assertThat(group.queue("l")).isEmpty();
    }

    @Test
    void anElectionOfTheSameNameIsSomethingElse() {
        group.acquire(ann, "x");

        var reply = group.ask(bob, new Request.Acquire(Claim.election("x"), true));

        assertThat(reply).isInstanceOf(Reply.Granted.class);
    }

    @Test
    void namesAndNumbersAreBounded() {
        assertThat(group.acquire(ann, "")).isInstanceOf(Reply.Refused.class);
        IntStream.range(0, Limits.CLAIMS_MAX).forEach(i -> grantAndForget(ann, "l" + i));

        assertThat(group.acquire(bob, "one more")).isInstanceOf(Reply.Refused.class);
    }

    private void grantAndForget(SessionId session, String lock) {
        assertThat(group.acquire(session, lock)).isInstanceOf(Reply.Granted.class);
        group.forget(session, group.lastNumber(session));
    }

    @Test
    void observingTellsTheHolderAndARevisionThatGrowsWithEachChange() {
        var vacant = (Reply.Vacant) group.apply(new Command.Observe(Claim.lock("l")));
        long fence = Group.fence(group.acquire(ann, "l"));
        var held = (Reply.Held) group.apply(new Command.Observe(Claim.lock("l")));
        group.release(ann, "l", fence);
        var again = (Reply.Vacant) group.apply(new Command.Observe(Claim.lock("l")));

        assertThat(held.holder()).isEqualTo(new Holder(ann, "ann", fence));
        assertThat(held.revision()).isGreaterThan(vacant.revision());
        assertThat(again.revision()).isGreaterThan(held.revision());
    }
}
