package io.macula.actors.local;

import io.macula.actors.wire.Bytes;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;

/// Message ids, each 16 bytes in two places of one array: no object for each. Ids of another length
/// are kept as they are. Whoever chooses ids cannot choose where they lie.
final class IdSet {

    private static final int ID_BYTES = 16;
    private static final int CAPACITY_MIN = 64;
    private static final long SEED = new SecureRandom().nextLong();

    private final Set<Bytes> others = new HashSet<>(0);
    private long[] pairs = new long[2 * CAPACITY_MIN];
    private boolean hasZero;
    private int count;

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
        var place = place(pairs, first, second);
        return (pairs[place] | pairs[place + 1]) != 0;
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
        var place = place(pairs, first, second);
        if ((pairs[place] | pairs[place + 1]) != 0) {
            return false;
        }
        pairs[place] = first;
        pairs[place + 1] = second;
        count++;
        if (4 * count > pairs.length) {
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
    private static int place(long[] pairs, long first, long second) {
        var mask = pairs.length - 1;
        var at = (int) mixed(mixed(first ^ SEED) + second) << 1 & mask;
        while ((pairs[at] != first || pairs[at + 1] != second)
                && (pairs[at] | pairs[at + 1]) != 0) {
            at = at + 2 & mask;
        }
        return at;
    }

    private static long mixed(long value) {
        var one = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
        var two = (one ^ one >>> 33) * 0xc4ceb9fe1a85ec53L;
        return two ^ two >>> 33;
    }

    private void grow() {
        var larger = new long[2 * pairs.length];
        for (var i = 0; i < pairs.length; i += 2) {
            if ((pairs[i] | pairs[i + 1]) != 0) {
                var place = place(larger, pairs[i], pairs[i + 1]);
                larger[place] = pairs[i];
                larger[place + 1] = pairs[i + 1];
            }
        }
        pairs = larger;
    }
}
