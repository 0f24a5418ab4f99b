package io.macula.dht.node;

import io.macula.dht.Contact;
import io.macula.dht.record.RecordVerifier;
import io.macula.dht.store.Store;
import io.macula.dht.table.RoutingTable;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What the parts of one node share: its state, and during one event the time, the randomness and
/// the effects so far.
final class Core {

    final Contact self;
    final NodeConfig config;
    final RecordVerifier verifier;
    final RoutingTable table;
    final Store store;
    final StoreTokens tokens;

    private long now;
    private RandomGenerator random;
    private @Nullable List<Effect> effects;

    Core(Contact self, NodeConfig config, RecordVerifier verifier, long nowMillis,
            RandomGenerator random) {
        this.self = self;
        this.config = config;
        this.verifier = verifier;
        this.table = new RoutingTable(self.id(), config.table(), nowMillis);
        this.store = new Store(config.store(), verifier);
        this.tokens = new StoreTokens(random);
        this.now = nowMillis;
        this.random = random;
    }

    void begin(long nowMillis, RandomGenerator source) {
        now = Math.max(now, nowMillis);
        random = source;
    }

    List<Effect> end() {
        var done = effects;
        effects = null;
        return done == null ? List.of() : done;
    }

    void effect(Effect effect) {
        if (effects == null) {
            effects = new ArrayList<>(3);
        }
        effects.add(effect);
    }

    long now() {
        return now;
    }

    RandomGenerator random() {
        return random;
    }

    int wanted() {
        return config.table().bucketSize();
    }

    /// How long a contact may be silent before it is checked: contacts checked every T and dying at
    /// rate r are stale for T/2 on average, a share of rT/2.
    long checkEveryMillis() {
        var hours = 2 * config.staleShare() / Math.max(1e-6, table.deathsPerHour());
        var millis = (long) (Math.min(hours, 1e4) * 3_600_000);
        return Math.clamp(millis, config.checkMin().toMillis(), config.checkMax().toMillis());
    }
}
