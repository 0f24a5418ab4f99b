package io.macula.actors.http;

import java.util.Optional;

/// Tells browsers what is new, for as long as they listen: server-sent events.
public interface StreamSource {

    /// Why this visitor may not listen; empty when it may. Asked on the thread of the port: must not block.
    Optional<Answer.Json> refusal(Visit visit);

    /// Told of each who listens. Each text that is sent is one event; one that cannot be sent ends the connection,
    /// because what follows it would make no sense. Nothing is ever received.
    SocketListener listener();
}
