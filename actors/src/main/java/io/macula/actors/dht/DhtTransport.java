package io.macula.actors.dht;

import io.macula.actors.wire.Message;
import io.macula.dht.Contact;

/// Carries the frames of the DHT to other nodes. Never blocks; may be called on any thread.
@FunctionalInterface
public interface DhtTransport {

    /// @param undeliverable run, on any thread, when the frame surely does not arrive; whoever
    ///     waits for an answer then need not wait until it is overdue
    void send(Contact to, Message frame, Runnable undeliverable);
}
