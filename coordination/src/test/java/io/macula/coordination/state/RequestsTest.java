package io.macula.coordination.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.app.Payload;
import io.macula.app.coordination.Transaction;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestsTest {

    private final Group group = new Group();
    private final SessionId ann = group.opened("ann");
    private final SessionId bob = group.opened("bob");
    private final SessionId eve = group.opened("eve");

    @Test
    void aRepeatedRequestRunsOnce() {
        var put = group.command(ann,
                new Request.Transact(Transaction.put("k", Payload.of("1"))));
        var first = group.apply(put);
        long counter = group.state().counter();

        assertThat(group.apply(put)).isEqualTo(first);
        assertThat(group.state().counter()).isEqualTo(counter);
    }

    @Test
    void requestsThatOvertakeEachOtherBothRun() {
        var early = group.command(ann, new Request.Acquire(Claim.lock("a"), true));
        var late = group.command(ann, new Request.Acquire(Claim.lock("b"), true));

        assertThat(group.apply(late)).isInstanceOf(Reply.Granted.class);
        assertThat(group.apply(early)).isInstanceOf(Reply.Granted.class);
    }

    @Test
    void aRequestThatWasGivenUpNeverRuns() {
        var givenUp = group.command(ann, new Request.Acquire(Claim.lock("a"), true));
        group.forget(ann, givenUp.sequence());
        group.ask(ann, new Request.Renew());

        assertThat(group.apply(givenUp)).isInstanceOf(Reply.Refused.class);
        assertThat(group.state().claims()).isEmpty();
    }

    @Test
    void aRepliedRequestIsForgottenOnceItsOwnerSaysSoAndDoesNotRunAgain() {
        var acquire = group.command(ann, new Request.Acquire(Claim.lock("a"), true));
        long fence = Group.fence(group.apply(acquire));
        group.forget(ann, acquire.sequence());
        group.release(ann, "a", fence);

        assertThat(group.apply(acquire)).isInstanceOf(Reply.Refused.class);
        assertThat(group.state().claims()).isEmpty();
    }

    @Test
    void whoWaitsAndAsksAgainLearnsOfTheNewHolder() {
        long fence = Group.fence(group.acquire(ann, "l"));
        group.acquire(bob, "l");
        var waiting = group.command(eve, new Request.Acquire(Claim.lock("l"), true));
        group.apply(waiting);
        group.release(ann, "l", fence);

        assertThat(group.apply(waiting)).isInstanceOfSatisfying(Reply.Queued.class,
                queued -> assertThat(queued.holder().owner()).isEqualTo("bob"));
    }

    @Test
    void tooManyOpenRequestsAreRefused() {
        var open = new TreeSet<>(IntStream.rangeClosed(1, 65).mapToObj(i -> (long) i).toList());

        assertThat(group.apply(new Command.Ask(ann, 65, open, new Request.Renew())))
                .isInstanceOf(Reply.Refused.class);
        assertThat(group.apply(new Command.Ask(ann, 0, new TreeSet<>(), new Request.Renew())))
                .isInstanceOf(Reply.Refused.class);
    }

    @Test
    void whoWaitedWaitsNoMore() {
        long fence = Group.fence(group.acquire(ann, "l"));
        group.acquire(bob, "l");

        assertThat(group.ask(bob, new Request.Withdraw(1))).isEqualTo(new Reply.Withdrawn());
        group.release(ann, "l", fence);

        assertThat(group.state().claims()).isEmpty();
        assertThat(group.replyTo(bob, 1)).isEqualTo(new Reply.Withdrawn());
    }

    @Test
    void whatWasGrantedInTheMeantimeIsGivenBack() {
        group.acquire(ann, "l");

        group.ask(ann, new Request.Withdraw(1));

        assertThat(group.acquire(bob, "l")).isInstanceOf(Reply.Granted.class);
    }

    @Test
    void aRequestThatArrivesLaterDoesNotRun() {
        var late = group.command(ann, new Request.Acquire(Claim.lock("l"), true));
        group.ask(ann, new Request.Withdraw(late.sequence()));

        assertThat(group.apply(late)).isEqualTo(new Reply.Withdrawn());
        assertThat(group.state().claims()).isEmpty();
    }

    @Test
    void aPassageThatHappenedIsToldAsSuch() {
        group.enter(ann, "b", 2);
        group.enter(bob, "b", 2);

        assertThat(group.ask(ann, new Request.Withdraw(1))).isInstanceOf(Reply.Passed.class);
    }
}
