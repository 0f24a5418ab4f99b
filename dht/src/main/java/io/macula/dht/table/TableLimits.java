package io.macula.dht.table;

/// The sizes a routing table keeps to.
///
/// @param bucketSize contacts per bucket, `k` of the paper
/// @param siblings how many contacts nearest to the own id are kept whatever their bucket holds
/// @param spares contacts per bucket that wait for a place (Maymounkov 2002, 4.1)
/// @param perNetwork contacts per bucket from one /24 or /48; 0 lifts the limit
/// @param deadAfter hard failures in a row after which a contact may be replaced, at most 100
public record TableLimits(int bucketSize, int siblings, int spares, int perNetwork, int deadAfter) {

    /// k = 20, 40 siblings, 5 spares, 2 per network, dead after 2 failures in a row.
    public static final TableLimits DEFAULT = new TableLimits(20, 40, 5, 2, 2);

    public TableLimits {
        if (bucketSize < 1 || siblings < 0 || spares < 0 || perNetwork < 0) {
            throw new IllegalArgumentException("table limits below zero or empty buckets");
        }
        if (deadAfter < 2 || deadAfter > 100) {
            throw new IllegalArgumentException(
                    "a contact is dead after 2 to 100 failures, not " + deadAfter);
        }
    }
}
