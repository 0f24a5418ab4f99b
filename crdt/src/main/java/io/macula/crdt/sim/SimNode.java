package io.macula.crdt.sim;

import io.macula.crdt.replicator.Replicator;
import org.jspecify.annotations.Nullable;

/// One node: what it remembers, what is on its disk, and how wrong its clock is.
final class SimNode {

    final long id;
    final SimDisk disk = new SimDisk();
    long clockErrorMillis;
    int life;
    private @Nullable Replicator replicator;
    private long wakeAtMillis = Long.MAX_VALUE;

    SimNode(long id, long clockErrorMillis) {
        this.id = id;
        this.clockErrorMillis = clockErrorMillis;
    }

    boolean isUp() {
        return replicator != null;
    }

    Replicator replicator() {
        if (replicator == null) {
            throw new IllegalStateException("node " + id + " is down");
        }
        return replicator;
    }

    void run(Replicator next) {
        replicator = next;
    }

    /// Forgets all but its disk. Whatever was scheduled for this life no longer counts.
    void stop() {
        replicator = null;
        wakeAtMillis = Long.MAX_VALUE;
        life++;
    }

    /// Whether an alarm for `millis` still has to be set.
    boolean setsAlarm(long millis) {
        var isNew = millis != wakeAtMillis;
        wakeAtMillis = millis;
        return isNew;
    }

    boolean isAlarm(long millis) {
        return millis == wakeAtMillis;
    }

    void alarmRang() {
        wakeAtMillis = Long.MAX_VALUE;
    }
}
