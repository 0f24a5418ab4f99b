package io.macula.actors.dht;

import io.macula.dht.node.NodeConfig;
import io.macula.dht.table.TableLimits;
import java.time.Duration;

/// Sizes and times of a node's part of the DHT.
///
/// @param bucketSize contacts per bucket and holders per record, `k` of Kademlia
/// @param parallel requests of one lookup under way at once, `alpha`
/// @param ttl how long what this node says of itself is valid without being said again
/// @param refresh how often it is said again; shorter than `ttl`
/// @param sweep how often answers that nobody asks for any more are forgotten
/// @param cache how old an answer may be that is given without a lookup
/// @param cacheMax keys whose answers are remembered
/// @param recordsMax keys this node provides at once
/// @param lookupsMax lookups that run or wait at once
/// @param inboxMax frames of other nodes that wait for the process
public record DhtConfig(int bucketSize, int parallel, Duration ttl, Duration refresh,
        Duration sweep, Duration cache, int cacheMax, int recordsMax, int lookupsMax,
        int inboxMax) {

    /// What `reference.conf` says.
    public static final DhtConfig DEFAULT = new DhtConfig(20, 3, Duration.ofSeconds(300),
            Duration.ofSeconds(240), Duration.ofSeconds(60), Duration.ofSeconds(5), 10_000,
            10_000, 1_000, 10_000);

    public DhtConfig {
        if (bucketSize < 1 || parallel < 1 || cacheMax < 1 || recordsMax < 1 || lookupsMax < 1
                || inboxMax < 1) {
            throw new IllegalArgumentException("sizes of the DHT are at least 1");
        }
        if (!refresh.isPositive() || refresh.compareTo(ttl) >= 0 || !sweep.isPositive()
                || cache.isNegative()) {
            throw new IllegalArgumentException("times of the DHT must satisfy 0 < refresh < ttl,"
                    + " 0 < sweep, 0 <= cache");
        }
    }

    NodeConfig node() {
        var from = NodeConfig.DEFAULT;
        var table = TableLimits.DEFAULT;
        return new NodeConfig(
                new TableLimits(bucketSize, 2 * bucketSize, table.spares(), table.perNetwork(),
                        table.deadAfter()),
                from.store(), parallel, from.softMin(), from.softMax(), from.hard(),
                from.confirmAfter(), from.checkMin(), from.checkMax(), from.staleShare(),
                from.providersInReply(), from.requests());
    }
}
