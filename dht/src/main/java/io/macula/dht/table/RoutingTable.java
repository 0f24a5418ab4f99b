package io.macula.dht.table;

import io.macula.dht.Contact;
import io.macula.dht.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Who this node knows (Maymounkov 2002, 2.2, 2.4 and 4.1). A bucket covers the ids that share
/// exactly as many leading bits with the own id as its index says; the last one covers the rest
/// and splits when it is full. Only contacts heard directly are offered here.
///
/// What measurement added: one lost packet never evicts; a contact that fails is flagged and no
/// longer handed out, but it leaves only for another one; the nearest contacts (the siblings)
/// stay whatever their bucket holds; at most two contacts of a bucket share a /24.
///
/// Mutable, for one thread. Bounded: 160 buckets of `bucketSize` contacts, and the siblings.
public final class RoutingTable {

    /// What became of a contact that was heard.
    public enum Heard {
        /// Known before: it is now the most recent one, its failures are forgotten.
        KNOWN,
        /// New, and in the table.
        ADDED,
        /// New, but its bucket is full: it waits. The oldest contact there may deserve a ping.
        SPARE,
        /// The own id, or one more contact of a network that fills its share of the bucket.
        REFUSED
    }

    /// What became of a contact that failed to answer.
    public enum Failed {
        /// Not in the table.
        UNKNOWN,
        /// Flagged: not handed out until it is heard again. A ping should settle it.
        SUSPECT,
        /// Failed often enough to leave, but nobody waits for its place.
        DEAD,
        /// Dead, and a spare took its place.
        REPLACED
    }

    private static final int SIBLING_CHECKS = 3;

    private final NodeId self;
    private final TableLimits limits;
    private final long startMillis;
    private final ChurnEstimate churn = new ChurnEstimate();
    private final Buckets buckets = new Buckets();
    private final Spares spares;

    /// An empty table; `nowMillis` and all later times are of one clock that never runs backwards.
    public RoutingTable(NodeId self, TableLimits limits, long nowMillis) {
        this.self = self;
        this.limits = limits;
        this.startMillis = nowMillis;
        this.spares = new Spares(limits.spares());
    }

    /// Notes a sign of life that came directly from `contact`.
    public Heard heard(Contact contact, long nowMillis) {
        if (contact.isNode(self)) {
            return Heard.REFUSED;
        }
        var time = seconds(nowMillis);
        var bucket = bucketOf(contact.id());
        var row = buckets.find(bucket, contact.id());
        if (row < 0) {
            return offer(bucket, contact, time);
        }
        if (buckets.contact(row).network() != contact.network()) {
            buckets.remove(bucket, row);
            return offer(bucket, contact, time) == Heard.ADDED ? Heard.KNOWN : Heard.REFUSED;
        }
        churn.survived(time - buckets.heardAt(row));
        buckets.heard(row, contact, time);
        return Heard.KNOWN;
    }

    /// Notes that `id` did not answer within the hard time-out.
    public Failed failed(NodeId id, long nowMillis) {
        var bucket = bucketOf(id);
        var row = buckets.find(bucket, id);
        if (row < 0) {
            return Failed.UNKNOWN;
        }
        var failures = buckets.fail(row);
        if (failures < limits.deadAfter()) {
            return Failed.SUSPECT;
        }
        if (failures == limits.deadAfter()) {
            churn.died(seconds(nowMillis) - buckets.heardAt(row));
        }
        return replace(bucket, row) ? Failed.REPLACED : Failed.DEAD;
    }

    /// Forgets a contact that said goodbye; a spare takes its place.
    public void left(NodeId id) {
        var bucket = bucketOf(id);
        var row = buckets.find(bucket, id);
        if (row >= 0 && !replace(bucket, row)) {
            buckets.remove(bucket, row);
        }
        spares.remove(bucket, id);
    }

    /// Up to `max` contacts nearest to `target` without open failures, in no particular order, and
    /// without `except` (the one who asks).
    public List<Contact> closest(NodeId target, int max, @Nullable NodeId except) {
        return new Closest(target, except, max, 0, buckets).from(self);
    }

    /// Where a lookup of one's own starts: as [#closest], but when every contact has open
    /// failures, as after an outage, the flagged ones rather than nobody.
    public List<Contact> startingPoints(NodeId target, int max) {
        var usable = closest(target, max, null);
        return usable.isEmpty()
                ? new Closest(target, null, max, Integer.MAX_VALUE, buckets).from(self)
                : usable;
    }

    /// The contacts nearest to the own id, flagged ones left out.
    public List<Contact> siblings() {
        return closest(self, limits.siblings(), null);
    }

    /// The contact whose check is most overdue when each is checked `everyMillis` after it was last
    /// heard; siblings after a third of that, because a lookup ends among them; those with open
    /// failures after twice, four times, ... that. It counts as being checked until it is heard or fails.
    public Optional<Contact> takeDue(long everyMillis, long nowMillis) {
        return due(everyMillis, seconds(nowMillis)).take();
    }

    /// When [#takeDue] has something next, at the earliest; `Long.MAX_VALUE` when never.
    public long nextDueMillis(long everyMillis) {
        var at = due(everyMillis, Integer.MAX_VALUE).atSeconds();
        return at == Long.MAX_VALUE ? Long.MAX_VALUE : startMillis + 1000 * at;
    }

    /// The oldest contact of the bucket that `newcomer` waits for, if it has been silent for
    /// `silentMillis` and is not being checked already: the one to ping before anyone is replaced
    /// (Maymounkov 2002, 2.2). It counts as being checked from now on.
    public Optional<Contact> takeQuestionable(NodeId newcomer, long silentMillis, long nowMillis) {
        var bucket = bucketOf(newcomer);
        if (buckets.size(bucket) == 0) {
            return Optional.empty();
        }
        var oldest = buckets.oldest(bucket);
        if (buckets.isChecking(oldest) || buckets.failures(oldest) > 0
                || (seconds(nowMillis) - buckets.heardAt(oldest)) * 1000L < silentMillis) {
            return Optional.empty();
        }
        buckets.checking(oldest);
        return Optional.of(buckets.contact(oldest));
    }

    /// Whether a contact known only by hearsay is worth a ping: it is new here and its bucket has
    /// room, or it would be among the siblings.
    public boolean wants(Contact hearsay) {
        if (hearsay.isNode(self)) {
            return false;
        }
        var bucket = bucketOf(hearsay.id());
        return buckets.find(bucket, hearsay.id()) < 0 && hasPlace(bucket, hearsay);
    }

    /// What to ask `contact` for, so that its answer also refreshes its bucket: a random id from the
    /// bucket's range; for the last bucket the own id.
    public NodeId refreshTarget(NodeId contact, RandomGenerator random) {
        var index = self.commonPrefixBits(contact);
        return index >= depth() ? self : self.randomSharing(index, random);
    }

    /// Index of the last bucket: how many bits the nearest contacts share with the own id, about.
    public int depth() {
        return buckets.count() - 1;
    }

    /// Contacts in the table, flagged ones included.
    public int size() {
        return buckets.rows();
    }

    /// Contacts in bucket `index` from 0 to [#depth()], flagged ones included.
    public int sizeOfBucket(int index) {
        return buckets.size(index);
    }

    /// Every contact and how it stands, for display and for tests.
    public List<Entry> entries() {
        var all = new ArrayList<Entry>();
        for (var i = 0; i < buckets.count(); i++) {
            for (var row = buckets.start(i); row < buckets.end(i); row++) {
                all.add(new Entry(i, buckets.contact(row), buckets.failures(row),
                        startMillis + 1000L * buckets.heardAt(row)));
            }
        }
        return List.copyOf(all);
    }

    /// The measured rate at which contacts die: 0.69 when half of them are gone in an hour.
    public double deathsPerHour() {
        return churn.deathsPerHour();
    }

    /// One contact as [#entries()] shows it.
    public record Entry(int bucket, Contact contact, int failures, long heardAtMillis) {}

    private DueContact due(long everyMillis, int now) {
        var due = new DueContact(buckets, now);
        var nearer = 0;
        for (var i = depth(); i >= 0; i--) {
            var every = nearer < limits.siblings() ? everyMillis / SIBLING_CHECKS : everyMillis;
            due.look(i, every / 1000);
            nearer += buckets.size(i);
        }
        return due;
    }

    private Heard offer(int bucket, Contact contact, int time) {
        if (isNetworkFull(bucket, contact)) {
            return Heard.REFUSED;
        }
        if (!hasPlace(bucket, contact)) {
            spares.add(bucket, contact, time);
            return Heard.SPARE;
        }
        var dead = buckets.size(bucket) < limits.bucketSize()
                ? -1
                : buckets.findFailing(bucket, limits.deadAfter());
        if (dead >= 0) {
            buckets.remove(bucket, dead);
        }
        spares.remove(bucket, contact.id());
        buckets.add(bucket, contact, time);
        splitLast();
        trimBeyondSiblings();
        return Heard.ADDED;
    }

    private boolean hasPlace(int bucket, Contact contact) {
        return buckets.size(bucket) < limits.bucketSize()
                || bucket == depth() && depth() < NodeId.SIZE_BITS - 1
                || buckets.findFailing(bucket, limits.deadAfter()) >= 0
                || isSibling(bucket, contact.id());
    }

    private boolean isSibling(int bucket, NodeId id) {
        var nearer = buckets.rows() - buckets.end(bucket);
        return nearer < limits.siblings()
                && nearer + buckets.countNearer(self, bucket, id) < limits.siblings();
    }

    private boolean isNetworkFull(int bucket, Contact contact) {
        return limits.perNetwork() > 0
                && buckets.countOfNetwork(bucket, contact.network()) >= limits.perNetwork();
    }

    /// Only the bucket that covers the own id splits (Maymounkov 2002, 2.4).
    private void splitLast() {
        while (buckets.size(depth()) > limits.bucketSize() && depth() < NodeId.SIZE_BITS - 1) {
            buckets.splitLast(self, depth());
        }
    }

    /// A bucket may be over-full only with siblings; those who are none any more wait as spares.
    private void trimBeyondSiblings() {
        var nearer = 0;
        for (var i = depth(); i >= 0 && nearer <= limits.siblings() + limits.bucketSize(); i--) {
            nearer += buckets.size(i);
            while (buckets.size(i) > limits.bucketSize()) {
                var farthest = buckets.farthestFrom(self, i);
                var contact = buckets.contact(farthest);
                if (isSibling(i, contact.id())) {
                    break;
                }
                spares.add(i, contact, buckets.heardAt(farthest));
                buckets.remove(i, farthest);
            }
        }
    }

    /// Gives the place of a contact to the most recent spare that fits; without one nothing changes.
    private boolean replace(int bucket, int row) {
        var freed = buckets.contact(row).network();
        for (var i = 0; i < spares.count(bucket); i++) {
            var spare = spares.contact(bucket, i);
            if (spare.network() == freed || !isNetworkFull(bucket, spare)) {
                buckets.remove(bucket, row);
                buckets.add(bucket, spare, spares.heardAt(bucket, i));
                spares.remove(bucket, i);
                return true;
            }
        }
        return false;
    }

    private int bucketOf(NodeId id) {
        return Math.min(self.commonPrefixBits(id), depth());
    }

    private int seconds(long nowMillis) {
        return (int) ((nowMillis - startMillis) / 1000);
    }
}
