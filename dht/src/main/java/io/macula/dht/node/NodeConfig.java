package io.macula.dht.node;

import io.macula.dht.store.StoreLimits;
import io.macula.dht.table.TableLimits;
import java.time.Duration;

/// Sizes and times of one node.
///
/// @param parallel requests under way per lookup path, `alpha` of the paper
/// @param softMin the least time a request may take before its slot is freed and it is repeated
/// @param softMax the most; between both it is the measured round trip and four deviations
/// @param hard when an unanswered request counts as a failure
/// @param confirmAfter how long after a failure a ping settles whether the contact is dead
/// @param checkMin each contact is checked at least this long after it was last heard
/// @param checkMax and at most this long after; between both the measured churn decides
/// @param staleShare the share of dead contacts in the table that checking aims at
/// @param providersInReply provider records in one reply
/// @param requests what one source may ask of this node
public record NodeConfig(TableLimits table, StoreLimits store, int parallel, Duration softMin,
        Duration softMax,
        Duration hard, Duration confirmAfter, Duration checkMin, Duration checkMax,
        double staleShare,
        int providersInReply, RequestLimits requests) {

    /// The defaults the measurements in docs/explanation/dht.md were made with.
    public static final NodeConfig DEFAULT = new NodeConfig(TableLimits.DEFAULT,
            StoreLimits.DEFAULT, 3,
            Duration.ofMillis(50), Duration.ofMillis(400), Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofMinutes(10), Duration.ofMinutes(60), 0.12, 20,
            RequestLimits.DEFAULT);

    public NodeConfig {
        if (parallel < 1 || providersInReply < 1) {
            throw new IllegalArgumentException(
                    "a node sends at least one request at a time and one provider");
        }
        if (!softMin.isPositive() || softMax.compareTo(softMin) < 0
                || hard.compareTo(softMax) <= 0) {
            throw new IllegalArgumentException("times must satisfy 0 < softMin <= softMax < hard");
        }
        if (checkMin.toSeconds() < 1 || checkMax.compareTo(checkMin) < 0
                || confirmAfter.isNegative()) {
            throw new IllegalArgumentException(
                    "times must satisfy 1 s <= checkMin <= checkMax, confirmAfter >= 0");
        }
        if (!(staleShare > 0 && staleShare < 1)) {
            throw new IllegalArgumentException(
                    "a stale share is between 0 and 1, not " + staleShare);
        }
    }
}
