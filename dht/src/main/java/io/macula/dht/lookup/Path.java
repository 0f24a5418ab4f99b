package io.macula.dht.lookup;

import io.macula.dht.Contact;
import io.macula.dht.NodeId;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One walk towards a target: the contacts seen so far, nearest first, and how each stands.
/// Bounded to [#CAPACITY] contacts; the farthest one that was never asked makes way. The leading
/// bits of the distances are kept beside, so that most comparisons touch no other object.
final class Path {

    static final int CAPACITY = 96;

    enum State {
        /// Seen, not asked. Leads to ASKED or TAKEN.
        NEW,
        /// Asked by another path, so closed to this one. Final.
        TAKEN,
        /// Asked. Leads to SLOW, ANSWERED or FAILED.
        ASKED,
        /// Asked, and past the soft time-out: it takes no slot any more. Leads to ANSWERED or FAILED.
        SLOW,
        /// Answered. Final.
        ANSWERED,
        /// Past the hard time-out. Final.
        FAILED
    }

    private final NodeId target;
    private final int wanted;
    private final int parallel;
    private @Nullable Contact[] contacts = new Contact[32];
    private State[] states = new State[32];
    private byte[] hops = new byte[32];
    private long[] distances = new long[32];
    private int size;
    private int asked;
    private int found;
    private boolean ended;

    Path(NodeId target, LookupLimits limits) {
        this.target = target;
        this.wanted = limits.wanted();
        this.parallel = limits.parallel();
    }

    /// The nearest contact to ask now, if a slot is free and one of the nearest `wanted` is new.
    /// Slow contacts do not count among the nearest: the walk goes round them meanwhile.
    @Nullable
    Contact next(Predicate<NodeId> claim) {
        for (int i = 0, seen = 0; i < size && seen < wanted && asked < parallel && !ended; i++) {
            if (states[i] == State.NEW) {
                var contact = contact(i);
                states[i] = claim.test(contact.id()) ? State.ASKED : State.TAKEN;
                if (states[i] == State.ASKED) {
                    asked++;
                    return contact;
                }
            }
            seen += states[i] == State.ANSWERED || states[i] == State.ASKED ? 1 : 0;
        }
        return null;
    }

    /// Whether the nearest `wanted` contacts that did not fail have all answered (Maymounkov 2002,
    /// 2.3), or the path found what it looked for.
    boolean isDone() {
        for (int i = 0, seen = 0; i < size && seen < wanted && !ended; i++) {
            if (states[i] == State.ANSWERED) {
                seen++;
            } else if (states[i] != State.FAILED && states[i] != State.TAKEN) {
                return false;
            }
        }
        return true;
    }

    /// Counts one more answer with records, and returns how many there were.
    int foundOneMore() {
        return ++found;
    }

    void end() {
        ended = true;
    }

    /// Where `id` stands if this path asked it and waits for the answer, or -1.
    int indexOfAsked(NodeId id) {
        var index = search(id);
        return index >= 0 && (states[index] == State.ASKED || states[index] == State.SLOW)
                ? index
                : -1;
    }

    void become(int index, State state) {
        if (states[index] == State.ASKED) {
            asked--;
        }
        states[index] = state;
    }

    void learn(List<Contact> seen, NodeId self, int hop) {
        for (var contact : seen) {
            if (!contact.id().equals(self)) {
                insert(contact, hop);
            }
        }
    }

    int size() {
        return size;
    }

    Contact contact(int index) {
        var contact = contacts[index];
        if (contact == null) {
            throw new IllegalStateException("no contact at " + index);
        }
        return contact;
    }

    State state(int index) {
        return states[index];
    }

    int hop(int index) {
        return hops[index];
    }

    private void insert(Contact contact, int hop) {
        var found = search(contact.id());
        if (found >= 0) {
            return;
        }
        var at = -found - 1;
        if (size == CAPACITY) {
            if (at == size || !dropFarthestUnasked(at)) {
                return;
            }
        } else if (size == contacts.length) {
            grow();
        }
        shift(at, at + 1, size - at);
        contacts[at] = contact;
        states[at] = State.NEW;
        hops[at] = (byte) Math.min(hop, Byte.MAX_VALUE);
        distances[at] = distance(contact.id());
        size++;
    }

    private boolean dropFarthestUnasked(int notBefore) {
        for (var i = size - 1; i >= notBefore; i--) {
            if (states[i] == State.NEW) {
                shift(i + 1, i, size - i - 1);
                size--;
                return true;
            }
        }
        return false;
    }

    private void grow() {
        var capacity = Math.min(CAPACITY, 2 * size);
        contacts = Arrays.copyOf(contacts, capacity);
        states = Arrays.copyOf(states, capacity);
        hops = Arrays.copyOf(hops, capacity);
        distances = Arrays.copyOf(distances, capacity);
    }

    private void shift(int from, int to, int count) {
        System.arraycopy(contacts, from, contacts, to, count);
        System.arraycopy(states, from, states, to, count);
        System.arraycopy(hops, from, hops, to, count);
        System.arraycopy(distances, from, distances, to, count);
    }

    /// The leading 64 bits of the distance, shifted so that signed order is its order.
    private long distance(NodeId id) {
        return (id.leadingBits() ^ target.leadingBits()) + Long.MIN_VALUE;
    }

    private int search(NodeId id) {
        var distance = distance(id);
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            var middle = (low + high) >>> 1;
            var order = Long.compare(distances[middle], distance);
            order = order != 0 ? order : target.compareDistance(contact(middle).id(), id);
            if (order == 0) {
                return middle;
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return -low - 1;
    }
}
