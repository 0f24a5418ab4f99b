package io.macula.dht.table;

import io.macula.dht.Contact;
import io.macula.dht.Endpoint;
import io.macula.dht.NodeId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Contacts of one distance range, least recently heard first, and spares that wait for a place,
/// most recently heard first. Parallel arrays, because a simulation holds two million of them.
/// The word of a contact holds when it was heard (32 bits), a part of its id's hash, so that
/// a search touches no other object (24 bits), "is being checked" (1 bit) and failures (7 bits).
final class Bucket {

    private static final int FAILURES = 0x7f;
    private static final int CHECKING = 0x80;
    private static final int FINGERPRINT = ~0xff;
    private static final int TIME_SHIFT = Integer.SIZE;
    private static final int FIRST_CAPACITY = 4;

    private @Nullable Contact[] contacts = new Contact[FIRST_CAPACITY];
    private long[] words = new long[FIRST_CAPACITY];
    private int size;

    private @Nullable Contact @Nullable [] spares;
    private int @Nullable [] sparesHeardAt;
    private int sparesCount;

    int size() {
        return size;
    }

    Contact contact(int index) {
        return known(contacts[index]);
    }

    /// When the contact was last heard, in seconds of the table's clock.
    int heardAt(int index) {
        return (int) (words[index] >>> TIME_SHIFT);
    }

    int failures(int index) {
        return (int) words[index] & FAILURES;
    }

    boolean isChecking(int index) {
        return (words[index] & CHECKING) != 0;
    }

    void checking(int index) {
        words[index] |= CHECKING;
    }

    /// Counts one more hard failure in a row and ends the check.
    int fail(int index) {
        var failures = Math.min(FAILURES, failures(index) + 1);
        words[index] = words[index] & FINGERPRINT | failures;
        return failures;
    }

    /// The index of `id`, or -1.
    int find(NodeId id) {
        for (var i = 0; i < size; i++) {
            if (isAt(i, id)) {
                return i;
            }
        }
        return -1;
    }

    /// Whether the contact at `index` has this id.
    boolean isAt(int index, NodeId id) {
        return ((int) words[index] & FINGERPRINT) == fingerprint(id)
                && contact(index).id().equals(id);
    }

    /// The first contact with at least `failures` failures, or -1.
    int findFailing(int failures) {
        for (var i = 0; i < size; i++) {
            if (failures(i) >= failures) {
                return i;
            }
        }
        return -1;
    }

    /// The contact farthest from `self`; the bucket is not empty.
    int farthestFrom(NodeId self) {
        var farthest = 0;
        for (var i = 1; i < size; i++) {
            if (self.compareDistance(contact(i).id(), contact(farthest).id()) > 0) {
                farthest = i;
            }
        }
        return farthest;
    }

    int countNearer(NodeId self, NodeId than) {
        var count = 0;
        for (var i = 0; i < size; i++) {
            if (self.compareDistance(contact(i).id(), than) < 0) {
                count++;
            }
        }
        return count;
    }

    int countOfNetwork(int network) {
        var count = 0;
        for (var i = 0; network != Endpoint.UNLIMITED && i < size; i++) {
            if (contact(i).endpoint().network() == network) {
                count++;
            }
        }
        return count;
    }

    /// Puts a contact where its time belongs: last, when it was heard just now.
    void add(Contact contact, int time) {
        if (size == contacts.length) {
            var capacity = size < 16 ? 2 * size : size + 4;
            contacts = Arrays.copyOf(contacts, capacity);
            words = Arrays.copyOf(words, capacity);
        }
        var at = size;
        while (at > 0 && heardAt(at - 1) > time) {
            at--;
        }
        shift(at, at + 1, size - at);
        contacts[at] = contact;
        words[at] = word(contact, time);
        size++;
    }

    /// Moves a contact with its failures into another bucket.
    void moveTo(Bucket other, int index) {
        var moved = words[index];
        var contact = contact(index);
        other.add(contact, heardAt(index));
        other.words[other.find(contact.id())] = moved;
        remove(index);
    }

    /// Moves a contact to the end and forgets its failures.
    void heard(int index, Contact contact, int time) {
        shift(index + 1, index, size - index - 1);
        contacts[size - 1] = contact;
        words[size - 1] = word(contact, time);
    }

    void remove(int index) {
        shift(index + 1, index, size - index - 1);
        contacts[--size] = null;
    }

    int sparesCount() {
        return sparesCount;
    }

    Contact spare(int index) {
        return known(known(spares)[index]);
    }

    int spareHeardAt(int index) {
        return known(sparesHeardAt)[index];
    }

    /// Notes a waiting contact as the most recent spare; beyond `max` the oldest spare is forgotten.
    void addSpare(Contact contact, int time, int max) {
        if (max == 0) {
            return;
        }
        if (spares == null || sparesHeardAt == null) {
            spares = new Contact[max];
            sparesHeardAt = new int[max];
        }
        var at = findSpare(contact.id());
        var moved = at >= 0 ? at : Math.min(sparesCount, max - 1);
        System.arraycopy(spares, 0, spares, 1, moved);
        System.arraycopy(sparesHeardAt, 0, sparesHeardAt, 1, moved);
        spares[0] = contact;
        sparesHeardAt[0] = time;
        sparesCount = at >= 0 ? sparesCount : Math.min(max, sparesCount + 1);
    }

    void removeSpare(int index) {
        sparesCount--;
        System.arraycopy(known(spares), index + 1, known(spares), index, sparesCount - index);
        System.arraycopy(known(sparesHeardAt), index + 1, known(sparesHeardAt), index,
                sparesCount - index);
        known(spares)[sparesCount] = null;
    }

    int findSpare(NodeId id) {
        for (var i = 0; i < sparesCount; i++) {
            if (spare(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    private static int fingerprint(NodeId id) {
        return id.hashCode() << 8;
    }

    private static long word(Contact contact, int time) {
        return (long) time << TIME_SHIFT | fingerprint(contact.id()) & 0xffffffffL;
    }

    private void shift(int from, int to, int count) {
        System.arraycopy(contacts, from, contacts, to, count);
        System.arraycopy(words, from, words, to, count);
    }

    private static <T> T known(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("an empty place in a bucket");
        }
        return value;
    }
}
