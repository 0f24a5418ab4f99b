package io.macula.dht.lookup;

import io.macula.dht.Contact;
import io.macula.dht.NodeId;
import io.macula.dht.record.SignedRecord;
import java.util.List;

/// How a lookup ended.
///
/// @param closest the nearest contacts that answered, nearest first, at most `wanted`
/// @param records what was found: the newest value, or provider records; empty for NODES
/// @param hops how far away the answer was: 1 when it came from a contact of the own table
/// @param requests requests sent, repetitions included
/// @param elapsedMillis from the start to the end
/// @param visited every contact that was asked, nearest first
public record LookupResult(NodeId target, Goal goal, List<Contact> closest,
        List<SignedRecord> records, int hops,
        int requests, long elapsedMillis, List<Visit> visited) {

    public LookupResult {
        closest = List.copyOf(closest);
        records = List.copyOf(records);
        visited = List.copyOf(visited);
    }

    /// Whether the lookup found a value or a provider.
    public boolean isFound() {
        return !records.isEmpty();
    }

    /// One contact that was asked.
    ///
    /// @param hop 1 for a contact of the own table, 2 for one learned from such a contact, ...
    /// @param path which of the disjoint paths asked, from 0
    public record Visit(Contact contact, int hop, int path, Outcome outcome) {}

    /// What became of a request to one contact.
    public enum Outcome {
        ANSWERED, FAILED, UNDER_WAY
    }
}
