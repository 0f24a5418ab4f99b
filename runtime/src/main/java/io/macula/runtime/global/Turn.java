package io.macula.runtime.global;

import io.macula.actors.state.Outcome;
import io.macula.actors.state.SharedState;
import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.app.global.Acknowledgement;
import io.macula.app.global.GlobalService;
import io.macula.app.global.GlobalServices.Reply;
import io.macula.crdt.Edit;
import io.macula.crdt.replicator.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Handles one request on the instance: lets the service answer, makes its changes under the fence, and waits
/// until they are as safe as the service wants. Blocks; runs on a thread of its own, one at a time.
final class Turn {

    /// How a request was dealt with.
    sealed interface Result {

        record Replied(Reply reply) implements Result {}

        /// This node leads no more; nothing was changed.
        record Superseded() implements Result {}
    }

    private static final String NO_QUORUM = "no majority of the Cluster's voters confirms that this"
            + " instance still leads";

    private final GlobalService service;
    private final Branches branches;
    private final SharedState shared;
    private final Leadership leadership;
    private final Majority majority;

    Turn(GlobalService service, SharedState shared, Leadership leadership, Majority majority) {
        this.service = service;
        this.branches = Branches.ofService(service.name());
        this.shared = shared;
        this.leadership = leadership;
        this.majority = majority;
    }

    Result handle(Asked asked) {
        if (asked.left().isZero()) {
            return new Result.Replied(new Reply.TimedOut(
                    "it waited for others until its time was over; it was not handled"));
        }
        return switch (leadership.look(mostOf(asked.left()))) {
            case LEADS_NO_MORE -> new Result.Superseded();
            case NO_QUORUM -> new Result.Replied(new Reply.NoQuorum(NO_QUORUM));
            case LEADS -> answer(asked);
        };
    }

    /// Leaves time for the caller to hear that it did not work.
    private static Duration mostOf(Duration left) {
        return left.multipliedBy(3).dividedBy(4);
    }

    private Result answer(Asked asked) {
        var draft = new Draft(shared.values(), branches.prefix(leadership.branch()));
        try (var _ = asked.span().enter()) {
            return switch (service.handle(asked.argument(), draft)) {
                case Rpc.Answer.Failure(var reason) ->
                    new Result.Replied(new Reply.Failed(reason));
                case Rpc.Answer.Result(var value) -> write(draft.edits(), value, asked);
            };
        } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            return new Result.Replied(new Reply.Failed(why(e)));
        }
    }

    private static String why(Throwable failure) {
        var message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private Result write(List<Edit> edits, Payload value, Asked asked) {
        if (edits.isEmpty()) {
            return new Result.Replied(new Reply.Ok(value));
        }
        var guarded = new ArrayList<Edit>();
        guarded.add(branches.guard(leadership.branch()));
        guarded.addAll(edits);
        while (true) {
            switch (shared.update(guarded).toCompletableFuture().join()) {
                case Outcome.Done(var version) -> {
                    return safe(version, value, asked);
                }
                case Outcome.Unchanged _ -> {
                    return new Result.Replied(new Reply.Ok(value));
                }
                case Outcome.Busy(var retryAfter) -> {
                    if (!pause(retryAfter, asked)) {
                        return refused("shared state is too busy; try again later");
                    }
                }
                case Outcome.TooLarge(var limit) -> {
                    return failed("the " + limit.what() + " has " + limit.is()
                            + " bytes and may have " + limit.max());
                }
                case Outcome.Invalid(var message) -> {
                    return counts() ? failed(message) : new Result.Superseded();
                }
                case Outcome.Unavailable(var message) -> {
                    return refused(message);
                }
                case Outcome.Unknown(var message) -> {
                    return new Result.Replied(new Reply.TimedOut(
                            message + "; the change may or may not have been made"));
                }
            }
        }
    }

    private boolean counts() {
        return branches.counting(shared.values())
                .filter(leadership.branch()::equals)
                .isPresent();
    }

    private static Result failed(String reason) {
        return new Result.Replied(new Reply.Failed(reason));
    }

    private static Result refused(String message) {
        return new Result.Replied(new Reply.Refused(message));
    }

    private static boolean pause(Duration time, Asked asked) {
        if (asked.left().compareTo(time) <= 0) {
            return false;
        }
        try {
            Thread.sleep(time);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// With a majority that has the change, and the voters' word after that, no successor can begin
    /// without it: it asks a majority what it has.
    private Result safe(Version version, Payload value, Asked asked) {
        if (service.acknowledgement() == Acknowledgement.AFTER_LOCAL) {
            return new Result.Replied(new Reply.Ok(value));
        }
        var isSafe = majority.has(version, mostOf(asked.left())).toCompletableFuture().join()
                && leadership.confirm(mostOf(asked.left())) == Leadership.Look.LEADS;
        return new Result.Replied(isSafe
                ? new Reply.Ok(value)
                : new Reply.NoQuorum("no majority of the Cluster's members confirmed the change in"
                        + " time; it may be there later"));
    }
}
