package io.macula.dht.table;

import io.macula.dht.Contact;
import io.macula.dht.NodeId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The contacts that wait for a place, up to `max` of each bucket, the most recently heard first.
final class Spares {

    private final int max;
    private @Nullable Contact[] contacts = {};
    private int[] heardAt = {};
    private byte[] counts = {};

    Spares(int max) {
        this.max = max;
    }

    int count(int bucket) {
        return bucket < counts.length ? counts[bucket] : 0;
    }

    Contact contact(int bucket, int index) {
        var contact = contacts[bucket * max + index];
        if (contact == null) {
            throw new IllegalStateException("no spare " + index + " of bucket " + bucket);
        }
        return contact;
    }

    int heardAt(int bucket, int index) {
        return heardAt[bucket * max + index];
    }

    /// Notes a waiting contact as the most recent one; beyond `max` the oldest is forgotten.
    void add(int bucket, Contact contact, int time) {
        if (max == 0) {
            return;
        }
        if (bucket >= counts.length) {
            grow(bucket + 1);
        }
        var first = bucket * max;
        var known = find(bucket, contact.id());
        var moved = known >= 0 ? known : Math.min(count(bucket), max - 1);
        System.arraycopy(contacts, first, contacts, first + 1, moved);
        System.arraycopy(heardAt, first, heardAt, first + 1, moved);
        contacts[first] = contact;
        heardAt[first] = time;
        counts[bucket] = (byte) (known >= 0 ? count(bucket) : Math.min(max, count(bucket) + 1));
    }

    void remove(int bucket, int index) {
        var last = --counts[bucket];
        var row = bucket * max + index;
        System.arraycopy(contacts, row + 1, contacts, row, last - index);
        System.arraycopy(heardAt, row + 1, heardAt, row, last - index);
        contacts[bucket * max + last] = null;
    }

    /// Forgets a contact, if it waits.
    void remove(int bucket, NodeId id) {
        var index = find(bucket, id);
        if (index >= 0) {
            remove(bucket, index);
        }
    }

    private int find(int bucket, NodeId id) {
        for (var i = 0; i < count(bucket); i++) {
            if (contact(bucket, i).isNode(id)) {
                return i;
            }
        }
        return -1;
    }

    private void grow(int buckets) {
        contacts = Arrays.copyOf(contacts, buckets * max);
        heardAt = Arrays.copyOf(heardAt, buckets * max);
        counts = Arrays.copyOf(counts, buckets);
    }
}
