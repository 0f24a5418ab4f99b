package io.macula.app.global;

import io.macula.app.Payload;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/// Runs global services and calls them. Safe to use from any thread; nothing blocks.
///
/// **Delivery:** a request is sent to the instance, through any member when this node is none. It is handled at
/// most once unless its instance is lost while it waits: then it is sent to the successor while its
/// time lasts, and may have had its effect before. **Order:** that of arrival at the instance.
/// **In a partition** and **on heal:** as the service's [Availability] says.
public interface GlobalServices {

    /// Makes this node one that may run `service`, from now until the hosting is closed. Host it on
    /// every member that shall be able to take over; one of them runs it.
    Hosted host(GlobalService service);

    /// Asks the service `name`. The stage never fails and completes by the deadline.
    ///
    /// @param deadline
    ///            1 ms to 1 h
    CompletionStage<Reply> request(String name, Payload argument, Duration deadline);

    /// How a request ended.
    sealed interface Reply {

        record Ok(Payload value) implements Reply {}

        /// The handler ran and refused, or failed; `reason` is its own. Nothing was changed.
        record Failed(String reason) implements Reply {}

        /// No majority can be reached from where the request came to: it had no effect, or (after
        /// [Acknowledgement#AFTER_MAJORITY]) none that is sure.
        record NoQuorum(String message) implements Reply {}

        /// Nobody who can be reached hosts the service.
        record NotHosted(String message) implements Reply {}

        /// The deadline passed; the request may or may not have been handled.
        record TimedOut(String message) implements Reply {}

        /// Not handled: a bounded queue was full, or a limit (size, name) was broken.
        record Refused(String message) implements Reply {}
    }

    /// What became of a [#host].
    sealed interface Hosted {

        record Active(Hosting hosting) implements Hosted {}

        /// The name is not one or is taken here, or this node lacks what the service needs (shared
        /// state; for [Availability#FENCED] the Cluster's coordination).
        record Invalid(String message) implements Hosted {}
    }

    /// A service that this node may run.
    interface Hosting extends AutoCloseable {

        String name();

        /// Whether this node runs the instance, as far as it knows.
        boolean isInstance();

        /// Stops hosting; a request that runs is finished, and another node takes over.
        @Override
        void close();
    }
}
