package io.macula.app;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/// Calls by procedure name.
///
/// **Delivery:** a request runs at most once, except that a call marked [CallOptions#idempotent()]
/// may be sent to a second provider when the first one fails. Every call ends exactly once, in one
/// [Outcome], no later than its deadline. **Order:** none between calls.
public interface Rpc {

    /// Calls `procedure` on some provider of the realm. The stage never fails.
    CompletionStage<Outcome> call(String procedure, Payload argument, CallOptions options);

    /// Offers `procedure` to the realm until the registration is closed. `handler` runs off the
    /// node's own threads and may block. The offer outlives crashes and lost links.
    Served serve(String procedure, Handler handler);

    /// Answers one request.
    @FunctionalInterface
    interface Handler {

        /// The result, or a refusal with the handler's own reason. An exception counts as
        /// a failure with the exception's message.
        Answer handle(Payload argument) throws Exception;
    }

    /// What a handler says.
    sealed interface Answer {
        record Result(Payload value) implements Answer {}

        /// The handler's own reason, told to the caller word for word.
        record Failure(String reason) implements Answer {}
    }

    /// How a call ended.
    sealed interface Outcome {
        record Ok(Payload value) implements Outcome {}

        /// Nobody in the realm offers the procedure.
        record NoSuchProcedure(String message) implements Outcome {}

        /// The handler ran and failed; `reason` is its own.
        record HandlerFailed(String reason) implements Outcome {}

        /// The deadline passed without an answer; the request may or may not have run.
        record TimedOut(String message) implements Outcome {}

        /// The provider, the link or this node's rpc process went away before an answer came; the
        /// request may or may not have run.
        record Gone(String message) implements Outcome {}

        /// Not sent: a bounded queue was full, or a limit (size, name) was broken.
        record Refused(String message) implements Outcome {}
    }

    /// How a call may take its time.
    ///
    /// @param deadline
    ///            how long the caller waits, 1 ms to 1 h
    /// @param idempotent
    ///            may be sent again to another provider after a failure
    /// @param choice
    ///            which of several providers is asked first
    record CallOptions(Duration deadline, boolean idempotent, Choice choice) {

        public static final CallOptions DEFAULT = new CallOptions(Duration.ofSeconds(5), false,
                Choice.LEAST_LOADED);

        public CallOptions {
            if (deadline.toMillis() < 1 || deadline.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException("a deadline lies between 1 ms and 1 h");
            }
        }

        public CallOptions withDeadline(Duration newDeadline) {
            return new CallOptions(newDeadline, idempotent, choice);
        }

        /// The same options for a request that may run more than once without harm.
        public CallOptions withIdempotent(boolean isIdempotent) {
            return new CallOptions(deadline, isIdempotent, choice);
        }

        public CallOptions withChoice(Choice newChoice) {
            return new CallOptions(deadline, idempotent, newChoice);
        }
    }

    /// How one of several providers on other nodes is chosen. A node that listens for others chooses
    /// itself; for a peer that hangs on a gateway the gateway does, by the least load.
    enum Choice {
        /// The one with the fewest calls of this node under way, and of equals the one that says
        /// it is least busy.
        LEAST_LOADED,
        /// Each in its turn.
        ROUND_ROBIN,
        /// Any.
        RANDOM,
        /// The one with the shortest measured round trip.
        CLOSEST
    }

    /// What became of an offer.
    sealed interface Served {
        record Active(Registration registration) implements Served {}

        /// The name is not one, or is already served here.
        record Invalid(String message) implements Served {}
    }

    /// A running offer.
    interface Registration extends AutoCloseable {

        String procedure();

        /// Completes when the mesh first answered; stays open while no link is up.
        CompletionStage<Confirmation> confirmed();

        @Override
        void close();
    }
}
