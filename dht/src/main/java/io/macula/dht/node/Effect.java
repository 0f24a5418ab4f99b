package io.macula.dht.node;

import io.macula.dht.Contact;
import io.macula.dht.lookup.LookupResult;
import io.macula.dht.store.Health;

/// What a node wants done. The order matters only between effects for the same contact.
public sealed interface Effect {

    /// Send a request. The same number may be sent twice: a repetition.
    record Send(Contact to, long number, Message.Request request) implements Effect {}

    /// Answer a request.
    record Answer(Contact to, long number, Message.Reply reply) implements Effect {}

    /// Say something that has no answer.
    record Tell(Contact to, Message.Leaving message) implements Effect {}

    /// A lookup ended.
    record LookedUp(long ticket, LookupResult result) implements Effect {}

    /// A record was stored: how many nodes acknowledged it, out of how many.
    record Published(long ticket, Health health, long elapsedMillis) implements Effect {}

    /// Joining ended: `contacts` are known now; with 0 no seed answered.
    record Joined(long ticket, int contacts) implements Effect {}
}
