package io.macula.runtime.global;

import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.app.coordination.AdvisoryCoordination;
import io.macula.app.coordination.FencedCoordination;
import io.macula.app.coordination.NoQuorum;
import io.macula.app.coordination.Refused;
import io.macula.app.coordination.SessionLost;
import io.macula.app.coordination.Standing;
import io.macula.app.global.Availability;
import io.macula.app.global.GlobalServices.Reply;
import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Leads requests to the instance of a service from a node that hosts it: asks the one that leads, finds out
/// when it does not any more, and goes on with its successor while the request's time lasts. Blocks;
/// for threads that may.
public final class GlobalRouter {

    /// The way to one other node.
    public interface Way {

        /// Asks that node alone.
        CompletionStage<Rpc.Outcome> ask(NodeId node, String service, Payload request,
                Duration patience);
    }

    /// A leader that is silent for so long is doubted.
    private static final Duration DOUBT = Duration.ofSeconds(1);

    private static final Duration LOOK = Duration.ofMillis(50);

    private final NodeId self;
    private final Way way;
    private final Optional<FencedCoordination> fenced;
    private final AdvisoryCoordination advisory;

    GlobalRouter(NodeId self, Way way, Optional<FencedCoordination> fenced,
            AdvisoryCoordination advisory) {
        this.self = self;
        this.way = way;
        this.fenced = fenced;
        this.advisory = advisory;
    }

    Reply route(GlobalSeat seat, Payload argument, long deadlineNanos) {
        while (left(deadlineNanos).isPositive()) {
            var leader = leader(seat);
            var reply = leader.isPresent()
                    ? at(leader.get(), seat, argument, deadlineNanos)
                    : Optional.<Reply>empty();
            if (reply.isPresent()) {
                return reply.get();
            }
            var verdict = askVoters(seat, deadlineNanos);
            if (verdict.isPresent()) {
                return verdict.get();
            }
            pause();
        }
        return new Reply.TimedOut("no instance of " + seat.service().name()
                + " answered before the deadline");
    }

    private static Duration left(long deadlineNanos) {
        return Duration.ofNanos(deadlineNanos - System.nanoTime());
    }

    private Optional<NodeId> leader(GlobalSeat seat) {
        if (seat.isInstance()) {
            return Optional.of(self);
        }
        return isAdvisory(seat)
                ? advisory.leader(GlobalProcess.electionOf(seat.service().name()))
                        .flatMap(NodeId::parse)
                : seat.leader();
    }

    private static boolean isAdvisory(GlobalSeat seat) {
        return seat.service().availability() == Availability.ADVISORY;
    }

    /// Empty when the instance is not there, or not any more.
    private Optional<Reply> at(NodeId leader, GlobalSeat seat, Payload argument,
            long deadlineNanos) {
        if (leader.equals(self)) {
            return seat.ask(seat.asked(argument, deadlineNanos))
                    .map(answer -> await(answer.thenApply(GlobalRouter::ended), leader, seat,
                            deadlineNanos))
                    .orElseGet(() -> Optional.of(new Reply.Refused(
                            "too many requests wait for " + seat.service().name()
                                    + "; try again later")));
        }
        var left = left(deadlineNanos);
        var request = Envelope.encode(
                new Envelope.Request(Envelope.Scope.INSTANCE, left, argument));
        return await(way.ask(leader, seat.service().name(), request, left)
                .thenApply(GlobalRouter::reply), leader, seat, deadlineNanos);
    }

    private static Optional<Reply> ended(Envelope.Answer answer) {
        return switch (answer) {
            case Envelope.Answer.Ended(var reply) -> Optional.of(reply);
            case Envelope.Answer.NotHere() -> Optional.empty();
        };
    }

    /// A node that is gone may have handled it; the one after it is asked all the same.
    private static Optional<Reply> reply(Rpc.Outcome outcome) {
        return switch (outcome) {
            case Rpc.Outcome.Ok(var value) -> Envelope.answer(value).flatMap(GlobalRouter::ended);
            case Rpc.Outcome.HandlerFailed(var reason) -> Optional.of(new Reply.Failed(reason));
            case Rpc.Outcome.TimedOut(var message) -> Optional.of(new Reply.TimedOut(message));
            case Rpc.Outcome.Refused(var message) -> Optional.of(new Reply.Refused(message));
            case Rpc.Outcome.NoSuchProcedure _,Rpc.Outcome.Gone _ -> Optional.empty();
        };
    }

    /// Waits for an answer as long as `leader` is believed to lead. One that is silent for long is
    /// doubted: it may be cut off, or this node may be. Empty when it leads no more.
    private Optional<Reply> await(CompletionStage<Optional<Reply>> stage, NodeId leader,
            GlobalSeat seat, long deadlineNanos) {
        var answer = stage.toCompletableFuture();
        var doubtNanos = System.nanoTime() + DOUBT.toNanos();
        var isDoubted = false;
        while (left(deadlineNanos).isPositive()) {
            try {
                return answer.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (leader(seat).filter(leader::equals).isEmpty()) {
                    return Optional.empty();
                }
                if (!isDoubted && doubtNanos - System.nanoTime() < 0) {
                    isDoubted = true;
                    var verdict = askVoters(seat, deadlineNanos);
                    if (verdict.isPresent() && !answer.isDone()) {
                        return verdict;
                    }
                }
            } catch (ExecutionException e) {
                return Optional.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /// Asks the voters who leads. Present when there is no majority of them to be asked.
    private Optional<Reply> askVoters(GlobalSeat seat, long deadlineNanos) {
        var patience = left(deadlineNanos).multipliedBy(3).dividedBy(4);
        if (isAdvisory(seat) || fenced.isEmpty() || patience.toMillis() < 1) {
            return Optional.empty();
        }
        var standing = fenced.get()
                .leader(GlobalProcess.electionOf(seat.service().name()), patience)
                .toCompletableFuture()
                .join();
        return switch (standing) {
            case Standing.Follows(var leader) -> {
                seat.leads(NodeId.parse(leader.owner()).orElse(null));
                yield Optional.empty();
            }
            case Standing.Vacant(),Standing.Leads(_) -> {
                seat.leads(null);
                yield Optional.empty();
            }
            case NoQuorum(_) -> Optional.of(new Reply.NoQuorum("no majority of the Cluster's voters"
                    + " can be reached from here, so nobody may answer for "
                    + seat.service().name()));
            case SessionLost _,Refused _ -> Optional.empty();
        };
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
