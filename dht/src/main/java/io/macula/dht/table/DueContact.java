package io.macula.dht.table;

import io.macula.dht.Contact;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks through buckets for the contact whose check is due first.
final class DueContact {

    private static final int DOUBLINGS_MAX = 6;

    private final int now;
    private @Nullable Bucket bucket;
    private int index;
    private long at = Long.MAX_VALUE;

    DueContact(int now) {
        this.now = now;
    }

    void look(Bucket candidate, long everySeconds) {
        for (var i = 0; i < candidate.size(); i++) {
            var wait = everySeconds << Math.min(DOUBLINGS_MAX, candidate.failures(i));
            if (candidate.heardAt(i) + wait < at && !candidate.isChecking(i)) {
                at = candidate.heardAt(i) + wait;
                bucket = candidate;
                index = i;
            }
        }
    }

    long atSeconds() {
        return at;
    }

    Optional<Contact> take() {
        if (bucket == null || at > now) {
            return Optional.empty();
        }
        bucket.checking(index);
        return Optional.of(bucket.contact(index));
    }
}
