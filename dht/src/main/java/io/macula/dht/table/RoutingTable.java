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
    private final ArrayList<Bucket> buckets = new ArrayList<>(8);

    /// An empty table; `nowMillis` and all later times are of one clock that never runs backwards.
    public RoutingTable(NodeId self, TableLimits limits, long nowMillis) {
        this.self = self;
        this.limits = limits;
        this.startMillis = nowMillis;
        buckets.add(new Bucket());
    }

    /// Notes a sign of life that came directly from `contact`.
    public Heard heard(Contact contact, long nowMillis) {
        if (contact.id().equals(self)) {
            return Heard.REFUSED;
        }
        var time = seconds(nowMillis);
        var bucket = bucketOf(contact.id());
        var index = bucket.find(contact.id());
        if (index < 0) {
            return offer(bucket, contact, time);
        }
        var known = bucket.contact(index);
        if (known != contact && known.endpoint().network() != contact.endpoint().network()) {
            bucket.remove(index);
            return offer(bucket, contact, time) == Heard.ADDED ? Heard.KNOWN : Heard.REFUSED;
        }
        churn.survived(time - bucket.heardAt(index));
        bucket.heard(index, contact, time);
        return Heard.KNOWN;
    }

    /// Notes that `id` did not answer within the hard time-out.
    public Failed failed(NodeId id, long nowMillis) {
        var bucket = bucketOf(id);
        var index = bucket.find(id);
        if (index < 0) {
            return Failed.UNKNOWN;
        }
        var failures = bucket.fail(index);
        if (failures < limits.deadAfter()) {
            return Failed.SUSPECT;
        }
        if (failures == limits.deadAfter()) {
            churn.died(seconds(nowMillis) - bucket.heardAt(index));
        }
        return replace(bucket, index) ? Failed.REPLACED : Failed.DEAD;
    }

    /// Forgets a contact that said goodbye; a spare takes its place.
    public void left(NodeId id) {
        var bucket = bucketOf(id);
        var index = bucket.find(id);
        if (index >= 0 && !replace(bucket, index)) {
            bucket.remove(index);
        }
        var spare = bucket.findSpare(id);
        if (spare >= 0) {
            bucket.removeSpare(spare);
        }
    }

    /// Up to `max` contacts nearest to `target` without open failures, in no particular order, and
    /// without `except` (the one who asks).
    public List<Contact> closest(NodeId target, int max, @Nullable NodeId except) {
        return new Closest(target, except, max, 0).from(self, buckets);
    }

    /// Where a lookup of one's own starts: as [#closest], but when every contact has open
    /// failures, as after an outage, the flagged ones rather than nobody.
    public List<Contact> startingPoints(NodeId target, int max) {
        var usable = closest(target, max, null);
        return usable.isEmpty()
                ? new Closest(target, null, max, Integer.MAX_VALUE).from(self, buckets)
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
        if (bucket.size() == 0 || bucket.isChecking(0) || bucket.failures(0) > 0
                || (seconds(nowMillis) - bucket.heardAt(0)) * 1000L < silentMillis) {
            return Optional.empty();
        }
        bucket.checking(0);
        return Optional.of(bucket.contact(0));
    }

    /// Whether a contact known only by hearsay is worth a ping: it is new here and its bucket has
    /// room, or it would be among the siblings.
    public boolean wants(Contact hearsay) {
        if (hearsay.id().equals(self)) {
            return false;
        }
        var bucket = bucketOf(hearsay.id());
        return bucket.find(hearsay.id()) < 0 && hasPlace(bucket, hearsay);
    }

    /// What to ask `contact` for, so that its answer also refreshes its bucket: a random id from the
    /// bucket's range; for the last bucket the own id.
    public NodeId refreshTarget(NodeId contact, RandomGenerator random) {
        var index = self.commonPrefixBits(contact);
        return index >= depth() ? self : self.randomSharing(index, random);
    }

    /// Index of the last bucket: how many bits the nearest contacts share with the own id, about.
    public int depth() {
        return buckets.size() - 1;
    }

    /// Contacts in the table, flagged ones included.
    public int size() {
        return buckets.stream().mapToInt(Bucket::size).sum();
    }

    /// Contacts in bucket `index` from 0 to [#depth()], flagged ones included.
    public int sizeOfBucket(int index) {
        return buckets.get(index).size();
    }

    /// Every contact and how it stands, for display and for tests.
    public List<Entry> entries() {
        var all = new ArrayList<Entry>();
        for (var i = 0; i < buckets.size(); i++) {
            var bucket = buckets.get(i);
            for (var j = 0; j < bucket.size(); j++) {
                all.add(new Entry(i, bucket.contact(j), bucket.failures(j),
                        startMillis + 1000L * bucket.heardAt(j)));
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
        var due = new DueContact(now);
        var nearer = 0;
        for (var i = depth(); i >= 0; i--) {
            var every = nearer < limits.siblings() ? everyMillis / SIBLING_CHECKS : everyMillis;
            due.look(buckets.get(i), every / 1000);
            nearer += buckets.get(i).size();
        }
        return due;
    }

    private Heard offer(Bucket bucket, Contact contact, int time) {
        if (isNetworkFull(bucket, contact)) {
            return Heard.REFUSED;
        }
        if (!hasPlace(bucket, contact)) {
            bucket.addSpare(contact, time, limits.spares());
            return Heard.SPARE;
        }
        var dead = bucket.size() < limits.bucketSize()
                ? -1
                : bucket.findFailing(limits.deadAfter());
        if (dead >= 0) {
            bucket.remove(dead);
        }
        var spare = bucket.findSpare(contact.id());
        if (spare >= 0) {
            bucket.removeSpare(spare);
        }
        bucket.add(contact, time);
        splitLast();
        trimBeyondSiblings();
        return Heard.ADDED;
    }

    private boolean hasPlace(Bucket bucket, Contact contact) {
        return bucket.size() < limits.bucketSize()
                || bucket == buckets.getLast() && depth() < NodeId.SIZE_BITS - 1
                || bucket.findFailing(limits.deadAfter()) >= 0 || isSibling(bucket, contact.id());
    }

    private boolean isSibling(Bucket bucket, NodeId id) {
        var nearer = 0;
        for (var i = depth(); i >= 0 && nearer < limits.siblings(); i--) {
            if (buckets.get(i) == bucket) {
                return nearer + bucket.countNearer(self, id) < limits.siblings();
            }
            nearer += buckets.get(i).size();
        }
        return false;
    }

    private boolean isNetworkFull(Bucket bucket, Contact contact) {
        return limits.perNetwork() > 0
                && bucket.countOfNetwork(contact.endpoint().network()) >= limits.perNetwork();
    }

    /// Only the bucket that covers the own id splits (Maymounkov 2002, 2.4).
    private void splitLast() {
        var last = buckets.getLast();
        if (last.size() <= limits.bucketSize() || depth() >= NodeId.SIZE_BITS - 1) {
            return;
        }
        var deeper = new Bucket();
        for (var i = last.size() - 1; i >= 0; i--) {
            var contact = last.contact(i);
            if (self.commonPrefixBits(contact.id()) > depth()) {
                last.moveTo(deeper, i);
            }
        }
        buckets.add(deeper);
        splitLast();
    }

    /// A bucket may be over-full only with siblings; those who are none any more wait as spares.
    private void trimBeyondSiblings() {
        var nearer = 0;
        for (var i = depth(); i >= 0 && nearer <= limits.siblings() + limits.bucketSize(); i--) {
            var bucket = buckets.get(i);
            nearer += bucket.size();
            while (bucket.size() > limits.bucketSize()) {
                var farthest = bucket.farthestFrom(self);
                if (isSibling(bucket, bucket.contact(farthest).id())) {
                    break;
                }
                bucket.addSpare(bucket.contact(farthest), bucket.heardAt(farthest),
                        limits.spares());
                bucket.remove(farthest);
            }
        }
    }

    /// Gives the place of a contact to the most recent spare that fits; without one nothing changes.
    private boolean replace(Bucket bucket, int index) {
        var freed = bucket.contact(index).endpoint().network();
        for (var i = 0; i < bucket.sparesCount(); i++) {
            var spare = bucket.spare(i);
            if (spare.endpoint().network() == freed || !isNetworkFull(bucket, spare)) {
                bucket.remove(index);
                bucket.add(spare, bucket.spareHeardAt(i));
                bucket.removeSpare(i);
                return true;
            }
        }
        return false;
    }

    private Bucket bucketOf(NodeId id) {
        return buckets.get(Math.min(self.commonPrefixBits(id), depth()));
    }

    private int seconds(long nowMillis) {
        return (int) ((nowMillis - startMillis) / 1000);
    }
}
