package io.macula.dht.table;

import io.macula.dht.Contact;
import io.macula.dht.NodeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One question "who is nearest to this id?". Every contact of the bucket the target falls in is
/// nearer to it than any other; next come the buckets deeper than that, together; then the
/// shallower ones, one by one. So only the group that does not fit whole has to be sorted.
final class Closest {

    private static final int UNKNOWN = -1;

    private final NodeId target;
    private final int targetPrefix;
    private final @Nullable NodeId except;
    private final int failuresMax;
    private final int max;
    private final Buckets buckets;
    private final int[] found;
    private int count;
    private int groupStart;
    private int farthest = UNKNOWN;

    Closest(NodeId target, @Nullable NodeId except, int max, int failuresMax, Buckets buckets) {
        this.target = target;
        this.targetPrefix = (int) (target.leadingBits() >>> Integer.SIZE);
        this.except = except;
        this.failuresMax = failuresMax;
        this.max = max;
        this.buckets = buckets;
        this.found = new int[Math.min(max, buckets.rows())];
    }

    List<Contact> from(NodeId self) {
        var home = Math.min(self.commonPrefixBits(target), buckets.count() - 1);
        gather(buckets.start(home), buckets.end(home));
        if (count < max) {
            gather(buckets.end(home), buckets.rows());
        }
        for (var i = home - 1; i >= 0 && count < max; i--) {
            gather(buckets.start(i), buckets.end(i));
        }
        var contacts = new Contact[count];
        for (var i = 0; i < count; i++) {
            contacts[i] = buckets.contact(found[i]);
        }
        return List.of(contacts);
    }

    /// Adds one group of rows.
    private void gather(int start, int end) {
        groupStart = count;
        for (var row = start; row < end; row++) {
            if (buckets.failures(row) <= failuresMax
                    && (except == null || !buckets.isAt(row, except))) {
                insert(row);
            }
        }
    }

    /// While there is room a row is appended; then the farthest of its own group makes way.
    private void insert(int row) {
        if (count < max) {
            found[count++] = row;
            return;
        }
        if (farthest == UNKNOWN) {
            farthest = findFarthest();
        }
        if (isFarther(found[farthest], row)) {
            found[farthest] = row;
            farthest = UNKNOWN;
        }
    }

    private int findFarthest() {
        var result = groupStart;
        for (var i = groupStart + 1; i < max; i++) {
            if (isFarther(found[i], found[result])) {
                result = i;
            }
        }
        return result;
    }

    private boolean isFarther(int row, int than) {
        var order = Integer.compareUnsigned(buckets.prefix(row) ^ targetPrefix,
                buckets.prefix(than) ^ targetPrefix);
        return order > 0 || order == 0 && target.compareDistance(buckets.contact(row).id(),
                buckets.contact(than).id()) > 0;
    }
}
