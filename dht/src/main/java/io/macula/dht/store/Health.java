package io.macula.dht.store;

import io.macula.dht.NodeId;

/// What a node knows about the copies of one key: how many nodes acknowledged it when it was last
/// stored from here, out of how many asked, and when. An owner sees from this that a record
/// is in danger before it is lost.
public record Health(NodeId key, int acknowledged, int asked, long atMillis) {}
