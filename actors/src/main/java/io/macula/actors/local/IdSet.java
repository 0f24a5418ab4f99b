package io.macula.actors.local;

import io.macula.actors.wire.Bytes;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;

/// Message ids, each 16 bytes in two places of one array: no object for each. A byte for each place says whether an
/// id lies there and something of which, so that a look for an id that is not there, the usual one, stays within few
/// kilobytes, where the ids take a megabyte. Ids of another length are kept as they are. Whoever chooses ids cannot
/// choose where they lie.
final class IdSet {

    private static final int ID_BYTES = 16;
    private static final int CAPACITY_MIN = 64;
    private static final long SEED = new SecureRandom().nextLong();

    private final Set<Bytes> others = new HashSet<>(0);
    private long[] pairs;
    private byte[] tags;
    private boolean hasZero;
    private int count;

    IdSet() {
        this(CAPACITY_MIN);
    }

    private IdSet(int places) {
        this.pairs = new long[2 * places];
        this.tags = new byte[places];
    }

    /// An empty one with as many places, for as many ids again.
    IdSet emptyOfThisSize() {
        return new IdSet(tags.length);
    }

    int size() {
        return count + others.size();
    }

    boolean contains(Bytes id) {
        if (id.sizeBytes() != ID_BYTES) {
            return others.contains(id);
        }
        var first = id.longAt(0);
        var second = id.longAt(Long.BYTES);
        if ((first | second) == 0) {
            return hasZero;
        }
        return tags[place(first, second)] != 0;
    }

    /// False when it was there.
    boolean add(Bytes id) {
        if (id.sizeBytes() != ID_BYTES) {
            return others.add(id);
        }
        var first = id.longAt(0);
        var second = id.longAt(Long.BYTES);
        if ((first | second) == 0) {
            return addZero();
        }
        var place = place(first, second);
        if (tags[place] != 0) {
            return false;
        }
        put(place, first, second);
        count++;
        if (2 * count > tags.length) {
            grow();
        }
        return true;
    }

    private boolean addZero() {
        var isNew = !hasZero;
        hasZero = true;
        count += isNew ? 1 : 0;
        return isNew;
    }

    /// Where the pair lies, or where it would.
    private int place(long first, long second) {
        var hash = hash(first, second);
        var tag = tag(hash);
        var mask = tags.length - 1;
        var at = (int) hash & mask;
        while (tags[at] != 0
                && (tags[at] != tag || pairs[2 * at] != first || pairs[2 * at + 1] != second)) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void put(int place, long first, long second) {
        tags[place] = tag(hash(first, second));
        pairs[2 * place] = first;
        pairs[2 * place + 1] = second;
    }

    private static long hash(long first, long second) {
        return mixed(mixed(first ^ SEED) + second);
    }

    /// Seven bits of the hash that the place does not come from; never 0.
    private static byte tag(long hash) {
        return (byte) (hash >>> 57 | 0x80);
    }

    private static long mixed(long value) {
        var one = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
        var two = (one ^ one >>> 33) * 0xc4ceb9fe1a85ec53L;
        return two ^ two >>> 33;
    }

    private void grow() {
        var before = pairs;
        var taken = tags;
        pairs = new long[2 * before.length];
        tags = new byte[2 * taken.length];
        for (var i = 0; i < taken.length; i++) {
            if (taken[i] != 0) {
                put(place(before[2 * i], before[2 * i + 1]), before[2 * i], before[2 * i + 1]);
            }
        }
    }
}
