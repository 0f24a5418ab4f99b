package io.macula.dht.node;

import io.macula.dht.Contact;
import io.macula.dht.NodeId;
import io.macula.dht.record.SignedRecord;
import java.util.List;

/// What happens to a node. A `ticket` is chosen by the caller and comes back in the effect that
/// ends the task; `paths` is how many disjoint paths a lookup takes.
public sealed interface Event {

    /// The time [Kademlia#wakeAtMillis()] named has come. Too early or too often does no harm.
    record Tick() implements Event {}

    /// A request arrived over a link that proved who `from` is. `serves` is false for a client that
    /// others cannot dial: it is answered but never handed out.
    record Asked(Contact from, boolean serves, long number,
            Message.Request request) implements Event {}

    /// A reply arrived over a link that proved who `from` is.
    record Answered(Contact from, long number, Message.Reply reply) implements Event {}

    /// The request with this number could not be sent at all.
    record Undeliverable(long number) implements Event {}

    /// A peer that others can dial gave a sign of life in another way, such as a new link.
    record Heard(Contact contact) implements Event {}

    /// A peer said [Message.Leaving].
    record PeerLeft(NodeId peer) implements Event {}

    /// Join through any of these nodes, asked at once. Ends in [Effect.Joined].
    record Join(long ticket, List<Contact> seeds) implements Event {
        public Join {
            seeds = List.copyOf(seeds);
        }
    }

    /// Find the nodes nearest to `target`. Ends in [Effect.LookedUp].
    record Find(long ticket, NodeId target, int paths) implements Event {}

    /// Find the value of `key`. Ends in [Effect.LookedUp].
    record FindValueOf(long ticket, NodeId key, int paths) implements Event {}

    /// Find providers of `key`. Ends in [Effect.LookedUp].
    record FindProvidersOf(long ticket, NodeId key, int paths) implements Event {}

    /// Store a record at the nodes nearest to its key. Ends in [Effect.Published].
    record Publish(long ticket, SignedRecord signed, int paths) implements Event {}

    /// Say goodbye to the neighbours.
    record Leave() implements Event {}
}
