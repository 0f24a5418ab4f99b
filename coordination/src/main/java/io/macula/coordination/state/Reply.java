package io.macula.coordination.state;

import io.macula.app.coordination.OperationResult;
import java.util.List;

/// What came of a command.
public sealed interface Reply {

    record Ticked() implements Reply {}

    record Opened() implements Reply {}

    record Renewed() implements Reply {}

    record Closed() implements Reply {}

    /// There is no such session, or not any more.
    record NoSession() implements Reply {}

    record Granted(Claim claim, long fence) implements Reply {}

    /// Waits for a claim that `holder` has.
    record Queued(Claim claim, Holder holder) implements Reply {}

    /// Someone else has it, and the request does not wait.
    record Taken(Holder holder) implements Reply {}

    record Released() implements Reply {}

    record NotHeld() implements Reply {}

    /// Waits at a barrier.
    record Entered(String barrier) implements Reply {}

    record Passed(long generation) implements Reply {}

    record Broken() implements Reply {}

    record Withdrawn() implements Reply {}

    record Transacted(boolean succeeded, List<OperationResult> results) implements Reply {

        public Transacted {
            results = List.copyOf(results);
        }
    }

    /// Who has a claim.
    ///
    /// @param revision
    ///            grows with every change of any claim
    record Held(Holder holder, long revision) implements Reply {}

    record Vacant(long revision) implements Reply {}

    /// Nothing is known that could answer a query.
    record Unknown() implements Reply {}

    record Refused(String message) implements Reply {}

    /// The values it carries.
    default int sizeBytes() {
        return this instanceof Transacted(_, var results)
                ? results.stream().mapToInt(Reply::sizeBytes).sum()
                : 0;
    }

    private static int sizeBytes(OperationResult result) {
        return result instanceof OperationResult.Found(var value, _) ? value.sizeBytes() : 0;
    }
}
