package io.macula.coordination.client;

import io.macula.app.coordination.Acquired;
import io.macula.app.coordination.Failure;
import io.macula.app.coordination.Fence;
import io.macula.app.coordination.Leader;
import io.macula.app.coordination.Lock;
import io.macula.app.coordination.NoQuorum;
import io.macula.app.coordination.Passage;
import io.macula.app.coordination.Refused;
import io.macula.app.coordination.Released;
import io.macula.app.coordination.SessionLost;
import io.macula.app.coordination.Standing;
import io.macula.app.coordination.Transacted;
import io.macula.coordination.state.Holder;
import io.macula.coordination.state.Reply;
import java.util.Optional;

/// What the voters replied, in the words of the API.
final class Answers {

    private Answers() {}

    static Acquired acquired(String lock, Optional<Reply> reply) {
        return switch (reply.orElse(null)) {
            case null -> noQuorum();
            case Reply.Granted(_, var fence) ->
                new Acquired.Granted(new Lock(lock, new Fence(fence)));
            case Reply.Queued(_, var holder) -> new Acquired.NotGranted(holder.owner());
            case Reply other -> failure(other);
        };
    }

    static Released released(Optional<Reply> reply) {
        return switch (reply.orElse(null)) {
            case null -> noQuorum();
            case Reply.Released(),Reply.Withdrawn() -> new Released.Done();
            case Reply.NotHeld() -> new Released.NotHeld();
            case Reply other -> failure(other);
        };
    }

    static Passage passage(Optional<Reply> reply) {
        return switch (reply.orElse(null)) {
            case null -> noQuorum();
            case Reply.Passed(var generation) -> new Passage.Passed(generation);
            case Reply.Entered(_) -> new Passage.Broken("not all came in time");
            case Reply.Broken() -> new Passage.Broken("another party left");
            case Reply other -> failure(other);
        };
    }

    static Transacted transacted(Optional<Reply> reply) {
        return switch (reply.orElse(null)) {
            case null -> noQuorum();
            case Reply.Transacted(var succeeded, var results) ->
                new Transacted.Done(succeeded, results);
            case Reply other -> failure(other);
        };
    }

    /// A candidate's standing.
    static Standing standing(Optional<Reply> reply) {
        return switch (reply.orElse(null)) {
            case null -> noQuorum();
            case Reply.Granted(_, var fence) -> new Standing.Leads(new Fence(fence));
            case Reply.Queued(_, var holder) -> new Standing.Follows(leader(holder));
            case Reply other -> failure(other);
        };
    }

    /// How an election stands for one who is no candidate.
    static Standing observed(Optional<Reply> reply) {
        return switch (reply.orElse(null)) {
            case null -> noQuorum();
            case Reply.Held(var holder, _) -> new Standing.Follows(leader(holder));
            case Reply.Vacant(_) -> new Standing.Vacant();
            case Reply other -> failure(other);
        };
    }

    static Leader leader(Holder holder) {
        return new Leader(holder.owner(), new Fence(holder.fence()));
    }

    static NoQuorum noQuorum() {
        return new NoQuorum("no majority of the voters answered in time");
    }

    private static Failure failure(Reply reply) {
        return switch (reply) {
            case Reply.NoSession() -> new SessionLost("the voters have ended the session");
            case Reply.Refused(var message) -> new Refused(message);
            case Reply other -> throw new IllegalStateException("the voters answered " + other);
        };
    }
}
