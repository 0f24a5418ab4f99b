package io.macula.dht.table;

import io.macula.dht.Contact;
import io.macula.dht.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One question "who is nearest to this id?". Every contact of the bucket the target falls in is
/// nearer to it than any other; next come the buckets deeper than that, together; then the
/// shallower ones, one by one. So only the group that does not fit whole has to be sorted.
final class Closest {

    private final NodeId target;
    private final @Nullable NodeId except;
    private final int failuresMax;
    private final int max;
    private final ArrayList<Contact> found;
    private int groupStart;

    Closest(NodeId target, @Nullable NodeId except, int max, int failuresMax) {
        this.target = target;
        this.except = except;
        this.failuresMax = failuresMax;
        this.max = max;
        this.found = new ArrayList<>(max);
    }

    List<Contact> from(NodeId self, List<Bucket> buckets) {
        var home = Math.min(self.commonPrefixBits(target), buckets.size() - 1);
        gather(buckets.get(home));
        groupStart = found.size();
        for (var i = home + 1; i < buckets.size() && groupStart < max; i++) {
            gather(buckets.get(i));
        }
        for (var i = home - 1; i >= 0 && found.size() < max; i--) {
            groupStart = found.size();
            gather(buckets.get(i));
        }
        return List.copyOf(found);
    }

    private void gather(Bucket bucket) {
        for (var i = 0; i < bucket.size(); i++) {
            if (bucket.failures(i) <= failuresMax && (except == null || !bucket.isAt(i, except))) {
                insert(bucket.contact(i));
            }
        }
    }

    /// While there is room a contact is appended; then the farthest of its own group makes way.
    private void insert(Contact contact) {
        if (found.size() < max) {
            found.add(contact);
            return;
        }
        var farthest = -1;
        var candidate = contact.id();
        for (var i = groupStart; i < max; i++) {
            var other = found.get(i).id();
            if (target.compareDistance(other, candidate) > 0) {
                candidate = other;
                farthest = i;
            }
        }
        if (farthest >= 0) {
            found.set(farthest, contact);
        }
    }
}
