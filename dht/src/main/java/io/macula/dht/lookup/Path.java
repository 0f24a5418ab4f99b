package io.macula.dht.lookup;

import io.macula.dht.Contact;
import io.macula.dht.NodeId;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One walk towards a target: the contacts seen so far, nearest first, and how each stands.
/// Bounded to [#CAPACITY] contacts; the farthest one that was never asked makes way. Only the leading
/// bits of the distances, the states and the slot numbers are kept in order; everything else stays
/// in its slot.
///
/// One of several disjoint paths is careful, because liars may be about: it asks everybody it
/// remembers, since twenty accomplices who name each other would end it otherwise; it stops asking the
/// contacts of one who seems to have invented them; and it never forgets its share of the own table.
final class Path {

    static final int CAPACITY = 96;

    private static final byte OWN = -1;
    private static final byte MISSES_MAX = 3;

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

    private static final State[] STATES = State.values();

    private final NodeId target;
    private final boolean isCareful;
    private final int wanted;
    private final int parallel;
    private final long[] distances = new long[CAPACITY];
    private final byte[] states = new byte[CAPACITY];
    private final byte[] slots = new byte[CAPACITY];
    private final @Nullable Contact[] contacts = new Contact[CAPACITY];
    private final byte[] hops = new byte[CAPACITY];
    private final byte[] sponsors = new byte[CAPACITY];
    private final byte[] misses = new byte[CAPACITY];
    private final long[] tokens = new long[CAPACITY];
    private int size;
    private int asked;
    private int found;
    private boolean ended;

    Path(NodeId target, LookupLimits limits) {
        this.target = target;
        this.isCareful = limits.paths() > 1;
        this.wanted = isCareful ? CAPACITY : limits.wanted();
        this.parallel = limits.parallel();
    }

    /// The nearest contact to ask now, if a slot is free and one of the nearest `wanted` is new.
    /// Slow contacts do not count among the nearest: the walk goes round them meanwhile.
    @Nullable
    Contact next(Predicate<NodeId> claim) {
        for (int i = 0, seen = 0; i < size && seen < wanted && asked < parallel && !ended; i++) {
            if (state(i) == State.NEW) {
                var contact = contact(i);
                if (claim.test(contact.id())) {
                    state(i, State.ASKED);
                    asked++;
                    return contact;
                }
                state(i, State.TAKEN);
            }
            seen += state(i) == State.ANSWERED || state(i) == State.ASKED ? 1 : 0;
        }
        return null;
    }

    /// Whether the nearest `wanted` contacts that did not fail have all answered (Maymounkov 2002,
    /// 2.3), or the path found what it looked for.
    boolean isDone() {
        for (int i = 0, seen = 0; i < size && seen < wanted && !ended; i++) {
            var state = state(i);
            if (state == State.ANSWERED) {
                seen++;
            } else if (state != State.FAILED && state != State.TAKEN) {
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
        var index = indexOf(id);
        return index >= 0 && (state(index) == State.ASKED || state(index) == State.SLOW)
                ? index
                : -1;
    }

    /// Where `id` stands, or a negative number.
    int indexOf(NodeId id) {
        for (var i = placeOf(distance(id.leadingBits())); isAsFar(i, id.leadingBits()); i++) {
            if (contact(i).isNode(id)) {
                return i;
            }
        }
        return -1;
    }

    void become(int index, State state) {
        if (state(index) == State.ASKED) {
            asked--;
            judgeSponsor(slots[index], state);
        }
        state(index, state);
    }

    /// Contacts of the own table.
    void start(Contact contact, NodeId self) {
        learn(List.of(contact), self, 1, OWN);
    }

    /// Contacts that the one at `index` named.
    void learnFrom(int index, List<Contact> seen, NodeId self) {
        learn(seen, self, hop(index) + 1, slots[index]);
    }

    int size() {
        return size;
    }

    Contact contact(int index) {
        var contact = contacts[slots[index]];
        if (contact == null) {
            throw new IllegalStateException("no contact at " + index);
        }
        return contact;
    }

    State state(int index) {
        return STATES[states[index]];
    }

    int hop(int index) {
        return hops[slots[index]];
    }

    long token(int index) {
        return tokens[slots[index]];
    }

    void token(int index, long token) {
        tokens[slots[index]] = token;
    }

    private void learn(List<Contact> seen, NodeId self, int hop, byte sponsor) {
        for (var i = 0; i < seen.size(); i++) {
            var contact = seen.get(i);
            if (!contact.isNode(self)) {
                insert(contact, hop, sponsor);
            }
        }
    }

    /// Who names three contacts that keep silent, and none that answers, has probably invented all.
    private void judgeSponsor(int slot, State state) {
        var sponsor = sponsors[slot];
        if (!isCareful || sponsor == OWN) {
            return;
        }
        misses[sponsor] = state == State.ANSWERED ? Byte.MIN_VALUE : (byte) (misses[sponsor] + 1);
        for (var i = 0; misses[sponsor] == MISSES_MAX && i < size; i++) {
            if (state(i) == State.NEW && sponsors[slots[i]] == sponsor) {
                state(i, State.TAKEN);
            }
        }
    }

    private void insert(Contact contact, int hop, byte sponsor) {
        var distance = distance(contact.leadingBits());
        var at = placeOf(distance);
        for (; at < size && distances[at] == distance; at++) {
            var order = contact(at) == contact
                    ? 0
                    : target.compareDistance(contact(at).id(), contact.id());
            if (order == 0) {
                return;
            }
            if (order > 0) {
                break;
            }
        }
        if (size < CAPACITY) {
            put(at, size++, contact, hop, distance, sponsor);
            return;
        }
        var index = superfluous(at);
        if (index >= 0) {
            var slot = slots[index];
            move(index + 1, index, size - index - 1);
            put(index < at ? at - 1 : at, slot, contact, hop, distance, sponsor);
        }
    }

    /// The contact that makes way for one at place `at`, or -1: the farthest from there on that was not
    /// asked. A careful path rather drops one that is closed, and keeps those of the own table.
    private int superfluous(int at) {
        for (var i = size - 1; isCareful && i >= 0; i--) {
            if (state(i) == State.TAKEN) {
                return i;
            }
        }
        for (var i = size - 1; i >= at; i--) {
            if (state(i) == State.NEW && !(isCareful && sponsors[slots[i]] == OWN)) {
                return i;
            }
        }
        return -1;
    }

    /// Puts a contact at its place; the last place is free.
    private void put(int at, int slot, Contact contact, int hop, long distance, byte sponsor) {
        move(at, at + 1, size - 1 - at);
        distances[at] = distance;
        state(at, State.NEW);
        slots[at] = (byte) slot;
        contacts[slot] = contact;
        hops[slot] = (byte) Math.min(hop, Byte.MAX_VALUE);
        sponsors[slot] = sponsor;
    }

    private void state(int index, State state) {
        states[index] = (byte) state.ordinal();
    }

    private void move(int from, int to, int count) {
        System.arraycopy(distances, from, distances, to, count);
        System.arraycopy(states, from, states, to, count);
        System.arraycopy(slots, from, slots, to, count);
    }

    /// The leading 64 bits of the distance, shifted so that signed order is its order.
    private long distance(long leadingBits) {
        return (leadingBits ^ target.leadingBits()) + Long.MIN_VALUE;
    }

    private boolean isAsFar(int index, long leadingBits) {
        return index < size && distances[index] == distance(leadingBits);
    }

    /// The first place that is not nearer than `distance`.
    private int placeOf(long distance) {
        int low = 0;
        int high = size;
        while (low < high) {
            var middle = (low + high) >>> 1;
            var isNearer = distances[middle] < distance;
            low = isNearer ? middle + 1 : low;
            high = isNearer ? high : middle;
        }
        return low;
    }
}
