package io.macula.dht.table;

import io.macula.dht.Contact;
import io.macula.dht.Endpoint;
import io.macula.dht.NodeId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The contacts of all buckets of one table, bucket after bucket. Parallel arrays, because a simulation holds twenty million contacts and looks through them
/// all the time: the word of a row has the leading 32 bits of the id, so that most comparisons
/// touch no other object, and when the contact was heard; its mark has a part of its network's number,
/// "is being checked" and failures.
final class Buckets {

    private static final int FAILURES = 0x7f;
    private static final int CHECKING = 0x80;
    private static final int STANDING = FAILURES | CHECKING;
    private static final int FIRST_CAPACITY = 8;
    private static final int FIRST_BUCKETS = 20;

    private @Nullable Contact[] contacts = new Contact[FIRST_CAPACITY];
    private long[] words = new long[FIRST_CAPACITY];
    private short[] marks = new short[FIRST_CAPACITY];
    private short[] ends = new short[FIRST_BUCKETS];
    private int count = 1;

    /// How many buckets there are, one at least.
    int count() {
        return count;
    }

    /// How many contacts all buckets hold.
    int rows() {
        return ends[count - 1];
    }

    /// The first row of a bucket.
    int start(int bucket) {
        return bucket == 0 ? 0 : ends[bucket - 1];
    }

    /// The row after the last one of a bucket.
    int end(int bucket) {
        return ends[bucket];
    }

    int size(int bucket) {
        return end(bucket) - start(bucket);
    }

    Contact contact(int row) {
        var contact = contacts[row];
        if (contact == null) {
            throw new IllegalStateException("no contact in row " + row);
        }
        return contact;
    }

    /// The leading 32 bits of the id.
    int prefix(int row) {
        return (int) (words[row] >>> Integer.SIZE);
    }

    /// When the contact was last heard, in seconds of the table's clock.
    int heardAt(int row) {
        return (int) words[row];
    }

    int failures(int row) {
        return marks[row] & FAILURES;
    }

    boolean isChecking(int row) {
        return (marks[row] & CHECKING) != 0;
    }

    void checking(int row) {
        marks[row] |= CHECKING;
    }

    /// Counts one more hard failure in a row and ends the check.
    int fail(int row) {
        var failures = Math.min(FAILURES, failures(row) + 1);
        marks[row] = (short) (marks[row] & ~STANDING | failures);
        return failures;
    }

    /// The row of `id`, or -1.
    int find(int bucket, NodeId id) {
        var prefix = prefixOf(id.leadingBits());
        for (int row = start(bucket), end = end(bucket); row < end; row++) {
            if (prefix(row) == prefix && contact(row).isNode(id)) {
                return row;
            }
        }
        return -1;
    }

    /// Whether the contact in this row is the node `id`.
    boolean isAt(int row, NodeId id) {
        return prefix(row) == prefixOf(id.leadingBits()) && contact(row).isNode(id);
    }

    /// The first row with at least `failures` failures, or -1.
    int findFailing(int bucket, int failures) {
        for (int row = start(bucket), end = end(bucket); row < end; row++) {
            if (failures(row) >= failures) {
                return row;
            }
        }
        return -1;
    }

    /// The row of the contact farthest from `self`; the bucket is not empty.
    int farthestFrom(NodeId self, int bucket) {
        var farthest = start(bucket);
        for (var row = farthest + 1; row < end(bucket); row++) {
            if (isNearer(self, farthest, contact(row).id())) {
                farthest = row;
            }
        }
        return farthest;
    }

    /// How many contacts of a bucket are nearer to `self` than the node `than`.
    int countNearer(NodeId self, int bucket, NodeId than) {
        var count = 0;
        for (int row = start(bucket), end = end(bucket); row < end; row++) {
            if (isNearer(self, row, than)) {
                count++;
            }
        }
        return count;
    }

    int countOfNetwork(int bucket, int network) {
        var count = 0;
        for (int row = start(bucket), end = end(bucket); network != Endpoint.UNLIMITED
                && row < end; row++) {
            if ((marks[row] & ~STANDING) == networkMark(network)
                    && contact(row).network() == network) {
                count++;
            }
        }
        return count;
    }

    /// The row of the contact that has been silent longest; the bucket is not empty.
    int oldest(int bucket) {
        var oldest = start(bucket);
        for (var row = oldest + 1; row < end(bucket); row++) {
            oldest = heardAt(row) < heardAt(oldest) ? row : oldest;
        }
        return oldest;
    }

    void add(int bucket, Contact contact, int time) {
        var row = end(bucket);
        if (rows() == contacts.length) {
            grow(rows() + Math.max(FIRST_CAPACITY, rows() / 8));
        }
        move(row, row + 1, rows() - row);
        put(row, contact, time);
        shiftEnds(bucket, 1);
    }

    /// Notes that a contact was heard, perhaps from another port, and forgets its failures.
    void heard(int row, Contact contact, int time) {
        if (contacts[row] != contact) {
            contacts[row] = contact;
        }
        words[row] = word(contact, time);
        marks[row] &= ~STANDING;
    }

    void remove(int bucket, int row) {
        move(row + 1, row, rows() - row - 1);
        shiftEnds(bucket, -1);
        contacts[rows()] = null;
    }

    /// Moves those of the last bucket that share more than `bits` bits with `self` into a new one
    /// behind it.
    void splitLast(NodeId self, int bits) {
        var start = start(count() - 1);
        var stay = start;
        for (var row = start; row < rows(); row++) {
            if (self.commonPrefixBits(contact(row).id()) <= bits) {
                rotate(stay++, row);
            }
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
        }
        ends[count] = ends[count - 1];
        ends[count - 1] = (short) stay;
        count++;
    }

    private boolean isNearer(NodeId self, int row, NodeId than) {
        var own = prefixOf(self.leadingBits());
        var order = Integer.compareUnsigned(prefix(row) ^ own,
                prefixOf(than.leadingBits()) ^ own);
        return order < 0 || order == 0 && self.compareDistance(contact(row).id(), than) < 0;
    }

    /// Moves one row forward to `to`; those between make way.
    private void rotate(int to, int row) {
        var contact = contacts[row];
        var word = words[row];
        var mark = marks[row];
        move(to, to + 1, row - to);
        contacts[to] = contact;
        words[to] = word;
        marks[to] = mark;
    }

    private void put(int row, Contact contact, int time) {
        contacts[row] = contact;
        words[row] = word(contact, time);
        marks[row] = (short) networkMark(contact.network());
    }

    private static long word(Contact contact, int time) {
        return (long) prefixOf(contact.leadingBits()) << Integer.SIZE | time & 0xffffffffL;
    }

    private static int prefixOf(long leadingBits) {
        return (int) (leadingBits >>> Integer.SIZE);
    }

    /// Eight mixed bits of a network's number, where a mark has them, with the sign a mark has.
    private static int networkMark(int network) {
        return (short) (network * 0x9E3779B9 >>> 16) & ~STANDING;
    }

    private void shiftEnds(int from, int by) {
        for (var bucket = from; bucket < count; bucket++) {
            ends[bucket] += by;
        }
    }

    private void move(int from, int to, int count) {
        System.arraycopy(contacts, from, contacts, to, count);
        System.arraycopy(words, from, words, to, count);
        System.arraycopy(marks, from, marks, to, count);
    }

    private void grow(int capacity) {
        contacts = Arrays.copyOf(contacts, capacity);
        words = Arrays.copyOf(words, capacity);
        marks = Arrays.copyOf(marks, capacity);
    }
}
