package io.macula.dht.store;

import io.macula.dht.NodeId;
import io.macula.dht.record.RecordVerifier;
import io.macula.dht.record.SignedRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The records this node keeps (Maymounkov 2002, 2.5). Values and providers are apart: a key has one
/// value, owned by its publisher until it expires, and up to 64 providers. Every record is verified
/// before it is kept; one that is kept already is not verified again.
///
/// Republishing: a holder stores a value again an hour after it was last stored, give or take a
/// sixth. The first of the twenty to do so puts the others' clocks back (the skip rule).
///
/// Mutable, for one thread; bounded by [StoreLimits].
public final class Store {

    private static final long SWEEP_PAUSE_MILLIS = 1000;

    private final StoreLimits limits;
    private final RecordVerifier verifier;
    private final Map<NodeId, Held> values = new LinkedHashMap<>(0);
    private final Map<NodeId, Providers> providers = new LinkedHashMap<>(0);
    private final Map<NodeId, Health> healths = new LinkedHashMap<>(0);
    private long nextMillis = Long.MAX_VALUE;

    /// An empty store.
    public Store(StoreLimits limits, RecordVerifier verifier) {
        this.limits = limits;
        this.verifier = verifier;
    }

    /// Keeps a record, or says why not.
    public Verdict put(SignedRecord signed, long nowMillis, RandomGenerator random) {
        if (signed.isExpired(nowMillis)) {
            return Verdict.EXPIRED;
        }
        return switch (signed.kind()) {
            case VALUE -> putValue(signed, nowMillis, random);
            case PROVIDER -> putProvider(signed, nowMillis);
        };
    }

    /// Keeps a copy of a value for a short while, for those who look for it next. A copy that is
    /// really held is never replaced.
    public Verdict cache(SignedRecord signed, long keepMillis, long nowMillis) {
        if (signed.isExpired(nowMillis)) {
            return Verdict.EXPIRED;
        }
        var known = value(signed.key(), nowMillis);
        if (signed.kind() != SignedRecord.Kind.VALUE
                || known.isPresent() && !known.get().signed().equals(signed)
                        && !known.get().isCached()) {
            return Verdict.FOREIGN;
        }
        if (known.isEmpty() && values.size() >= limits.keysMax()) {
            return Verdict.FULL;
        }
        var verdict = judge(signed, known.orElse(null));
        if (verdict == Verdict.STORED && (known.isEmpty() || known.get().isCached())) {
            var until = nowMillis + Math.clamp(keepMillis, 0, limits.cacheKeep().toMillis());
            keep(new Held(signed, Math.min(until, signed.expiresAtMillis()), Long.MAX_VALUE, true));
        }
        return verdict;
    }

    /// The value of a key.
    public Optional<SignedRecord> valueOf(NodeId key, long nowMillis) {
        return value(key, nowMillis).map(Held::signed);
    }

    /// Whether the value is held here as one of its real copies, not only cached.
    public boolean isHolder(NodeId key, long nowMillis) {
        return value(key, nowMillis).filter(held -> !held.isCached()).isPresent();
    }

    /// Up to `max` providers of a key, those that announced themselves last first.
    public List<SignedRecord> providersOf(NodeId key, int max, long nowMillis) {
        var known = providers.get(key);
        return known == null ? List.of() : known.newest(max, nowMillis);
    }

    /// Forgets the value of a key, as a holder does that twenty nearer nodes have made superfluous.
    public void forget(NodeId key) {
        values.remove(key);
    }

    /// When something ends or is due for republishing, at the earliest; at most once a second.
    public long nextMillis() {
        return nextMillis;
    }

    /// Forgets what has ended, and returns the values to store again now; their clocks are put back.
    public List<SignedRecord> sweep(long nowMillis, RandomGenerator random) {
        if (nowMillis < nextMillis) {
            return List.of();
        }
        values.values().removeIf(held -> held.untilMillis() <= nowMillis);
        providers.values().removeIf(each -> each.isEmptyAfterSweep(nowMillis));
        healths.values()
                .removeIf(health -> !values.containsKey(health.key())
                        && nowMillis - health.atMillis() > limits.valueKeep().toMillis());
        var due = new ArrayList<SignedRecord>();
        values.replaceAll((_, held) -> {
            if (held.republishAtMillis() > nowMillis) {
                return held;
            }
            due.add(held.signed());
            return held.republishedAgainAt(republishAt(nowMillis, random));
        });
        nextMillis = Math.max(nowMillis + SWEEP_PAUSE_MILLIS, earliest());
        return due;
    }

    /// Notes how many nodes acknowledged a key that was stored from here.
    public void acknowledged(Health health) {
        if (healths.size() < limits.keysMax() || healths.containsKey(health.key())) {
            healths.put(health.key(), health);
        }
    }

    /// What is known about the copies of a key.
    public Optional<Health> healthOf(NodeId key) {
        return Optional.ofNullable(healths.get(key));
    }

    /// Keys with a value here, cached ones included.
    public List<NodeId> keys() {
        return List.copyOf(values.keySet());
    }

    /// How many keys have providers here.
    public int providedKeysCount() {
        return providers.size();
    }

    private long earliest() {
        var ends = Stream.concat(
                values.values().stream().map(Held::nextMillis),
                providers.values().stream().map(Providers::nextMillis));
        return ends.mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
    }

    private Verdict putValue(SignedRecord signed, long nowMillis, RandomGenerator random) {
        var known = value(signed.key(), nowMillis).orElse(null);
        var verdict = judge(signed, known);
        if (verdict != Verdict.STORED) {
            return verdict;
        }
        if (known == null && values.size() >= limits.keysMax()) {
            return Verdict.FULL;
        }
        var until = Math.min(signed.expiresAtMillis(), nowMillis + limits.valueKeep().toMillis());
        keep(new Held(signed, until, republishAt(nowMillis, random), false));
        return Verdict.STORED;
    }

    private Verdict putProvider(SignedRecord signed, long nowMillis) {
        var known = providers.get(signed.key());
        var previous = known == null ? null : known.of(signed.publisher(), nowMillis);
        var verdict = judge(signed, previous);
        if (verdict != Verdict.STORED) {
            return verdict;
        }
        if (known == null) {
            if (providers.size() >= limits.keysMax()) {
                return Verdict.FULL;
            }
            known = new Providers();
            providers.put(signed.key(), known);
        }
        var until = Math.min(signed.expiresAtMillis(),
                nowMillis + limits.providerKeep().toMillis());
        known.keep(new Held(signed, until, Long.MAX_VALUE, false), limits.providersMax());
        nextMillis = Math.min(nextMillis, until);
        return Verdict.STORED;
    }

    private Verdict judge(SignedRecord signed, @Nullable Held known) {
        if (known != null && known.signed().equals(signed)) {
            return Verdict.STORED;
        }
        if (known != null && !known.isCached()
                && !known.signed().publisher().equals(signed.publisher())) {
            return Verdict.FOREIGN;
        }
        if (known != null && known.signed().publisher().equals(signed.publisher())
                && !signed.isNewerThan(known.signed())) {
            return Verdict.OLDER;
        }
        return verifier.isGenuine(signed) ? Verdict.STORED : Verdict.FORGED;
    }

    private void keep(Held held) {
        values.put(held.signed().key(), held);
        nextMillis = Math.min(nextMillis, held.nextMillis());
    }

    private Optional<Held> value(NodeId key, long nowMillis) {
        return Optional.ofNullable(values.get(key)).filter(held -> held.untilMillis() > nowMillis);
    }

    private long republishAt(long nowMillis, RandomGenerator random) {
        var every = limits.republishEvery().toMillis();
        return nowMillis + every * 5 / 6 + random.nextLong(every / 3 + 1);
    }
}
