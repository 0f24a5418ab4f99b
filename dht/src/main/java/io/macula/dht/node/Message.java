package io.macula.dht.node;

import io.macula.dht.Contact;
import io.macula.dht.NodeId;
import io.macula.dht.record.SignedRecord;
import io.macula.dht.store.Verdict;
import java.util.List;

/// What nodes say to each other (Maymounkov 2002, 2.3). Each request has one reply, tied to it by
/// a number; [Leaving] has none.
public sealed interface Message {

    /// A question to another node.
    sealed interface Request extends Message {}

    /// The answer to a request.
    sealed interface Reply extends Message {}

    /// Are you there? Answered by [Pong].
    record Ping() implements Request {}

    /// Who is nearest to `target`? Answered by [Nodes].
    record FindNode(NodeId target) implements Request {}

    /// What is the value of `key`? Answered by [Found] or, by who does not have it, [Nodes].
    record FindValue(NodeId key) implements Request {}

    /// Who provides `key`? Answered by [Found] or, by who knows none, [Nodes].
    record FindProviders(NodeId key) implements Request {}

    /// Keep this record. `cacheMillis` 0: as one of its copies; above 0: as a cached copy for that
    /// long at most. `token` is the one of the receiver's last [Nodes]. Answered by [Stored].
    record Keep(SignedRecord signed, long cacheMillis, long token) implements Request {}

    /// I am here.
    record Pong() implements Reply {}

    /// The nearest contacts the answering node knows, at most `k`, in no particular order. `token`
    /// allows who asked to store records here during the next minutes; it says nothing to others.
    record Nodes(List<Contact> contacts, long token) implements Reply {
        public Nodes {
            contacts = List.copyOf(contacts);
        }
    }

    /// Records of the key, one at least, and for providers the nearest contacts too.
    record Found(List<SignedRecord> records, List<Contact> contacts) implements Reply {
        public Found {
            records = List.copyOf(records);
            contacts = List.copyOf(contacts);
        }
    }

    /// Whether the record was kept.
    record Stored(Verdict verdict) implements Reply {}

    /// Nothing was done: the sender of the request has sent too many. It may try again later.
    record Busy() implements Reply {}

    /// Goodbye: the sender leaves the network.
    record Leaving() implements Message {}
}
