package io.macula.actors.dht;

import io.macula.dht.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Answers to "who provides this" that were found lately. A lookup for a key that is under way is
/// shared by all who ask. A first answer that names nobody is looked up once more a little later,
/// because who asks for something often starts together with who provides it. Bounded: beyond `entriesMax` the key that was asked for longest ago goes.
/// Not safe for threads: its owner locks it.
final class ProviderCache {

    /// What is known when somebody asks.
    ///
    /// @param answer the last answer, however old
    /// @param isFresh young enough to be given instead of a lookup
    /// @param isUsable young enough to be given to somebody who does not wait
    /// @param mustLookUp a lookup has to begin now; it is noted as under way
    /// @param underWay completes with the answer of the lookup under way, if there is one
    record Known(Optional<List<Provider>> answer, boolean isFresh, boolean isUsable,
            boolean mustLookUp, CompletableFuture<List<Provider>> underWay) {}

    private static final class Entry {
        private final NodeId key;
        private @Nullable List<Provider> answer;
        private @Nullable CompletableFuture<List<Provider>> underWay;
        private boolean isOutdated;
        private boolean isOutdatedSinceLook;
        private long foundAtMillis;
        private long usedAtMillis;

        Entry(NodeId key) {
            this.key = key;
        }
    }

    /// A lookup that begins now by itself.
    record Look(NodeId key, CompletableFuture<List<Provider>> underWay) {}

    /// After this time an empty first answer is looked up again: by then a new provider's record has
    /// reached its holders.
    static final long SECOND_LOOK_MILLIS = 500;

    /// An answer this many times older than a fresh one may be is of no use to anybody.
    static final int USABLE_FACTOR = 6;

    /// Nobody waits for it: it stands where no lookup is under way, because the answer is fresh.
    private static final CompletableFuture<List<Provider>> NONE = new CompletableFuture<>();

    private final int entriesMax;
    private final long freshMillis;
    private final long sweepMillis;
    private final LinkedHashMap<NodeId, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final ArrayDeque<SecondLook> secondLooks = new ArrayDeque<>();
    private long sweptAtMillis;

    private record SecondLook(NodeId key, long dueMillis) {}

    ProviderCache(int entriesMax, long freshMillis, long sweepMillis) {
        this.entriesMax = entriesMax;
        this.freshMillis = freshMillis;
        this.sweepMillis = sweepMillis;
    }

    /// Somebody asks for a key. Past half its time an answer is looked up again while it is still
    /// given, so that who goes on asking never waits.
    Known ask(NodeId key, long nowMillis) {
        sweep(nowMillis);
        var entry = entries.computeIfAbsent(key, Entry::new);
        entry.usedAtMillis = nowMillis;
        makeRoom();
        var age = nowMillis - entry.foundAtMillis;
        var answer = Optional.ofNullable(entry.answer);
        var isFresh = answer.isPresent() && age <= freshMillis && !entry.isOutdated;
        var isUsable = answer.isPresent() && age <= freshMillis * USABLE_FACTOR;
        var mustLookUp = entry.underWay == null && !(isFresh && age <= freshMillis / 2);
        var underWay = entry.underWay;
        if (underWay == null && !mustLookUp) {
            underWay = NONE;
            entry.isOutdatedSinceLook = false;
        } else if (underWay == null) {
            underWay = new CompletableFuture<>();
            entry.underWay = underWay;
            entry.isOutdatedSinceLook = false;
        }
        return new Known(answer, isFresh, isUsable, mustLookUp, underWay);
    }

    /// A lookup ended.
    void found(NodeId key, List<Provider> answer, long nowMillis) {
        var entry = entries.get(key);
        if (entry != null) {
            if (entry.answer == null && answer.isEmpty() && secondLooks.size() < entriesMax) {
                secondLooks.add(new SecondLook(key, nowMillis + SECOND_LOOK_MILLIS));
            }
            entry.answer = List.copyOf(answer);
            entry.foundAtMillis = nowMillis;
            entry.isOutdated = entry.isOutdatedSinceLook;
            entry.underWay = null;
        }
    }

    /// Lookups that are to begin now although nobody asks; they are noted as under way.
    List<Look> due(long nowMillis) {
        var due = new ArrayList<Look>();
        while (nextLookMillis() <= nowMillis) {
            var entry = entries.get(secondLooks.remove().key());
            if (entry != null && entry.underWay == null) {
                entry.underWay = new CompletableFuture<>();
                entry.isOutdatedSinceLook = false;
                due.add(new Look(entry.key, entry.underWay));
            }
        }
        return due;
    }

    /// When [#due] has something next, [Long#MAX_VALUE] for never.
    long nextLookMillis() {
        var next = secondLooks.peek();
        return next == null ? Long.MAX_VALUE : next.dueMillis();
    }

    /// A lookup could not begin or reached nobody. The old answer stands, and is returned unless it
    /// is of no use any more.
    List<Provider> failed(NodeId key, long nowMillis) {
        var entry = entries.get(key);
        if (entry == null) {
            return List.of();
        }
        entry.underWay = null;
        var answer = entry.answer;
        return answer == null || nowMillis - entry.foundAtMillis > freshMillis * USABLE_FACTOR
                ? List.of()
                : answer;
    }

    /// The last answer is known to be wrong by now.
    void outdate(NodeId key) {
        var entry = entries.get(key);
        if (entry != null) {
            outdate(entry);
        }
    }

    /// Every answer may be wrong by now.
    void outdateAll() {
        entries.values().forEach(ProviderCache::outdate);
    }

    private static void outdate(Entry entry) {
        entry.isOutdated = true;
        entry.isOutdatedSinceLook = true;
    }

    int size() {
        return entries.size();
    }

    private void sweep(long nowMillis) {
        if (nowMillis - sweptAtMillis >= sweepMillis) {
            sweptAtMillis = nowMillis;
            entries.values()
                    .removeIf(entry -> entry.underWay == null
                            && nowMillis - entry.usedAtMillis > sweepMillis);
        }
    }

    private void makeRoom() {
        while (entries.size() > entriesMax) {
            entries.remove(entries.keySet().iterator().next());
        }
    }
}
