package io.macula.dht.sim;

import io.macula.dht.Contact;
import io.macula.dht.NodeId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Which number belongs to which node, who is alive, and the truth that lookups are measured against.
final class Directory {

    private static final int FREE = -1;

    private @Nullable Contact[] contacts = new Contact[1024];
    private long[] leadingBits = new long[1024];
    private int[] alive = new int[1024];
    private int[] placeInAlive = new int[1024];
    private int[] table = new int[4096];
    private int count;
    private int aliveCount;

    Directory() {
        Arrays.fill(table, FREE);
    }

    int add(Contact contact) {
        if (count == contacts.length) {
            grow(2 * count);
        }
        var node = count++;
        contacts[node] = contact;
        leadingBits[node] = contact.id().leadingBits();
        placeInAlive[node] = aliveCount;
        alive[aliveCount++] = node;
        enter(node);
        return node;
    }

    void remove(int node) {
        var moved = alive[--aliveCount];
        alive[placeInAlive[node]] = moved;
        placeInAlive[moved] = placeInAlive[node];
    }

    Contact contact(int node) {
        var contact = contacts[node];
        if (contact == null) {
            throw new IllegalStateException("no node " + node);
        }
        return contact;
    }

    /// The node with this id, alive or gone, or -1.
    int find(NodeId id) {
        var slot = slotOf(id.leadingBits());
        while (table[slot] != FREE && !contact(table[slot]).id().equals(id)) {
            slot = slot + 1 & table.length - 1;
        }
        return table[slot];
    }

    int aliveCount() {
        return aliveCount;
    }

    /// The node at a place from 0 to below [#aliveCount()].
    int aliveAt(int place) {
        return alive[place];
    }

    /// The `wanted` living nodes truly nearest to `target`, as numbers, `except` left out.
    int[] nearest(NodeId target, int wanted, int except) {
        var nodes = new int[Math.min(wanted, aliveCount - 1)];
        var distances = new long[nodes.length];
        var found = 0;
        for (var i = 0; i < aliveCount; i++) {
            var node = alive[i];
            var distance = (leadingBits[node] ^ target.leadingBits()) + Long.MIN_VALUE;
            if (node == except || found == nodes.length && distance >= distances[found - 1]) {
                continue;
            }
            var place = found < nodes.length ? found++ : found - 1;
            while (place > 0 && distances[place - 1] > distance) {
                distances[place] = distances[place - 1];
                nodes[place] = nodes[--place];
            }
            distances[place] = distance;
            nodes[place] = node;
        }
        return nodes;
    }

    private void enter(int node) {
        if (4 * count > 3 * table.length) {
            table = new int[2 * table.length];
            Arrays.fill(table, FREE);
            for (var i = 0; i < count; i++) {
                put(i);
            }
        } else {
            put(node);
        }
    }

    private void put(int node) {
        var slot = slotOf(leadingBits[node]);
        while (table[slot] != FREE) {
            slot = slot + 1 & table.length - 1;
        }
        table[slot] = node;
    }

    private int slotOf(long bits) {
        return (int) (bits >>> 32) & table.length - 1;
    }

    private void grow(int capacity) {
        contacts = Arrays.copyOf(contacts, capacity);
        leadingBits = Arrays.copyOf(leadingBits, capacity);
        alive = Arrays.copyOf(alive, capacity);
        placeInAlive = Arrays.copyOf(placeInAlive, capacity);
    }
}
