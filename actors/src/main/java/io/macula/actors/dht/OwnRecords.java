package io.macula.actors.dht;

import io.macula.dht.NodeId;
import io.macula.dht.store.Health;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What this node provides, and when it has to be said again. Belongs to the node, so that it
/// survives a crash of the process that says it. Bounded; safe to use from any thread.
///
/// A record is due when its key is new, when the refresh interval is over, when the node says
/// something else of itself, when fewer than half of those asked acknowledged it, and, as long as
/// there are fewer nodes than a record shall have holders, when more have become known.
final class OwnRecords {

    /// One record to publish now.
    ///
    /// @param isWithdrawal the node provides the key no more
    record Due(RealmKey key, long sequence, boolean isWithdrawal) {}

    private static final class Own {
        private final RealmKey key;
        private final List<CompletableFuture<Health>> waiting = new ArrayList<>(1);
        private boolean isWithdrawn;
        private boolean isUnderWay;
        private boolean hasChanged;
        private long sequence;
        private long dueAtMillis;
        private int failures;
        private @Nullable Health health;

        Own(RealmKey key) {
            this.key = key;
        }
    }

    /// How long more contacts are waited for before a record is given to them too.
    static final long GROWTH_PAUSE_MILLIS = 500;

    private static final long RETRY_MIN_MILLIS = 1_000;
    private static final long RETRY_MAX_MILLIS = 30_000;

    /// Attempts to take a record back; then it ends by itself.
    private static final int WITHDRAWALS_MAX = 3;

    private final int recordsMax;
    private final int holders;
    private final long refreshMillis;
    private final Map<NodeId, Own> records = new HashMap<>();
    private final TreeSet<Own> due = new TreeSet<>(
            Comparator.<Own>comparingLong(own -> own.dueAtMillis)
                    .thenComparing(own -> own.key.id()));

    /// @param holders nodes that keep a record when there are enough
    OwnRecords(int recordsMax, int holders, long refreshMillis) {
        this.recordsMax = recordsMax;
        this.holders = holders;
        this.refreshMillis = refreshMillis;
    }

    /// Completes when the record is kept somewhere; at once, with 0 of 0, when there are too many.
    synchronized CompletableFuture<Health> add(RealmKey key, long nowMillis) {
        var own = records.get(key.id());
        if (own == null) {
            if (records.size() >= recordsMax) {
                return CompletableFuture.completedFuture(new Health(key.id(), 0, 0, nowMillis));
            }
            own = new Own(key);
            records.put(key.id(), own);
            dueAt(own, nowMillis);
        } else if (own.isWithdrawn) {
            own.isWithdrawn = false;
            own.health = null;
            own.failures = 0;
            changed(own, nowMillis);
        }
        if (own.health != null && own.health.acknowledged() > 0) {
            return CompletableFuture.completedFuture(own.health);
        }
        var answer = new CompletableFuture<Health>();
        own.waiting.add(answer);
        return answer;
    }

    /// Completes when holders have been told, or could not be.
    synchronized CompletableFuture<Health> remove(RealmKey key, long nowMillis) {
        var own = records.get(key.id());
        if (own == null) {
            return CompletableFuture.completedFuture(new Health(key.id(), 0, 0, nowMillis));
        }
        if (!own.isWithdrawn) {
            own.isWithdrawn = true;
            own.failures = 0;
            changed(own, nowMillis);
        }
        var answer = new CompletableFuture<Health>();
        own.waiting.add(answer);
        return answer;
    }

    synchronized List<RealmKey> keys() {
        return records.values()
                .stream()
                .filter(own -> !own.isWithdrawn)
                .map(own -> own.key)
                .toList();
    }

    synchronized boolean isProvided(NodeId key) {
        var own = records.get(key);
        return own != null && !own.isWithdrawn;
    }

    /// Everything is said again.
    synchronized void allDue(long nowMillis) {
        records.values().forEach(own -> changed(own, nowMillis));
    }

    /// `known` nodes are known now, this one included: records with fewer holders are given to more.
    synchronized void known(int known, long nowMillis) {
        for (var own : records.values()) {
            if (own.health != null && !own.isUnderWay && own.health.asked() < holders
                    && own.health.asked() < known
                    && own.dueAtMillis > nowMillis + GROWTH_PAUSE_MILLIS) {
                dueAt(own, nowMillis + GROWTH_PAUSE_MILLIS);
            }
        }
    }

    /// At most `max` records to publish now; each is under way until [#published].
    synchronized List<Due> due(int max, long nowMillis) {
        var now = new ArrayList<Due>();
        while (now.size() < max && !due.isEmpty() && due.first().dueAtMillis <= nowMillis) {
            var own = due.removeFirst();
            own.isUnderWay = true;
            own.hasChanged = false;
            // Above that of any earlier run of this node, which also went by the clock.
            own.sequence = Math.max(own.sequence + 1, nowMillis);
            now.add(new Due(own.key, own.sequence, own.isWithdrawn));
        }
        return now;
    }

    /// What came of a record; returns those who wait for it to be told.
    synchronized List<CompletableFuture<Health>> published(Due published, Health health,
            long nowMillis) {
        var own = records.get(published.key().id());
        if (own == null || !own.isUnderWay || own.sequence != published.sequence()) {
            return List.of();
        }
        own.isUnderWay = false;
        if (own.hasChanged) {
            dueAt(own, nowMillis);
            return List.of();
        }
        return published.isWithdrawal()
                ? withdrawn(own, health, nowMillis)
                : kept(own, health, nowMillis);
    }

    /// What was under way is due again: the process has restarted.
    synchronized void restart(long nowMillis) {
        for (var own : records.values()) {
            if (own.isUnderWay) {
                own.isUnderWay = false;
                dueAt(own, nowMillis);
            }
        }
    }

    /// When something is due, at the earliest.
    synchronized long nextMillis() {
        return due.isEmpty() ? Long.MAX_VALUE : due.first().dueAtMillis;
    }

    private List<CompletableFuture<Health>> kept(Own own, Health health, long nowMillis) {
        own.health = health;
        if (2 * health.acknowledged() < health.asked()) {
            dueAt(own, nowMillis + retryMillis(own));
        } else {
            own.failures = 0;
            dueAt(own, nowMillis + refreshMillis - jitterMillis(own.key.id()));
        }
        return health.acknowledged() > 0 ? takeWaiting(own) : List.of();
    }

    private List<CompletableFuture<Health>> withdrawn(Own own, Health health, long nowMillis) {
        if (2 * health.acknowledged() < health.asked() && own.failures + 1 < WITHDRAWALS_MAX) {
            dueAt(own, nowMillis + retryMillis(own));
            return List.of();
        }
        records.remove(own.key.id());
        return takeWaiting(own);
    }

    private static List<CompletableFuture<Health>> takeWaiting(Own own) {
        var waiting = List.copyOf(own.waiting);
        own.waiting.clear();
        return waiting;
    }

    private static long retryMillis(Own own) {
        own.failures++;
        return Math.min(RETRY_MIN_MILLIS << Math.min(own.failures - 1, 10), RETRY_MAX_MILLIS);
    }

    /// Up to a tenth of the interval earlier, so that records made together do not stay together.
    private long jitterMillis(NodeId key) {
        return (key.leadingBits() >>> 1) % Math.max(1, refreshMillis / 10);
    }

    private void changed(Own own, long nowMillis) {
        if (own.isUnderWay) {
            own.hasChanged = true;
        } else {
            dueAt(own, nowMillis);
        }
    }

    private void dueAt(Own own, long atMillis) {
        due.remove(own);
        own.dueAtMillis = atMillis;
        due.add(own);
    }
}
