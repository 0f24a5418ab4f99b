package io.macula.actors.dht;

import io.macula.dht.NodeId;
import io.macula.dht.table.RoutingTable;
import java.util.List;

/// What a node knows of the DHT at one moment, for people.
///
/// @param contacts in the order of their buckets
/// @param values keys whose value is held here
/// @param providedKeys keys whose providers are held here
/// @param ownKeys keys this node provides itself
/// @param requestsUnderWay requests whose answer is awaited
/// @param atMillis when it was so, in milliseconds since 1970
public record TableView(NodeId self, List<RoutingTable.Entry> contacts, int values,
        int providedKeys, int ownKeys, int requestsUnderWay, long atMillis) {

    public TableView {
        contacts = List.copyOf(contacts);
    }
}
