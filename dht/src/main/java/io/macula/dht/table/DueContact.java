package io.macula.dht.table;

import io.macula.dht.Contact;
import java.util.Optional;

/// Looks through buckets for the contact whose check is due first.
final class DueContact {

    private static final int DOUBLINGS_MAX = 6;

    private final Buckets buckets;
    private final int now;
    private int row = -1;
    private long at = Long.MAX_VALUE;

    DueContact(Buckets buckets, int now) {
        this.buckets = buckets;
        this.now = now;
    }

    void look(int bucket, long everySeconds) {
        for (int i = buckets.start(bucket), end = buckets.end(bucket); i < end; i++) {
            var wait = everySeconds << Math.min(DOUBLINGS_MAX, buckets.failures(i));
            if (buckets.heardAt(i) + wait < at && !buckets.isChecking(i)) {
                at = buckets.heardAt(i) + wait;
                row = i;
            }
        }
    }

    long atSeconds() {
        return at;
    }

    Optional<Contact> take() {
        if (row < 0 || at > now) {
            return Optional.empty();
        }
        buckets.checking(row);
        return Optional.of(buckets.contact(row));
    }
}
