package io.macula.actors.dht;

import io.macula.actors.dht.OpenTasks.Task;
import io.macula.actors.identity.NodeKey;
import io.macula.actors.identity.Realm;
import io.macula.actors.link.fake.TurningClock;
import io.macula.dht.lookup.Goal;
import io.macula.dht.lookup.LookupResult;
import io.macula.dht.record.Bytes;
import io.macula.dht.record.SignedRecord;
import java.util.ArrayList;
import java.util.List;

/// A [Discovery] without a DHT behind it: its lookups end when and how the test says, on the test's
/// own thread. What it has found stays fresh until the test turns the clock.
public final class ToldDiscovery {

    public static final String REALM = "lab";

    private final TurningClock clock = new TurningClock();
    private final List<Task.Find> open = new ArrayList<>();
    private final NodeKey key = NodeKey.generate();
    private final Discovery discovery = new Discovery(new Discovery.Parts(key, Realm.open(REALM),
            () -> new Provider(key.id(), List.of(), List.of(), 0), DhtConfig.DEFAULT, clock,
            Runnable::run));

    public Discovery discovery() {
        return discovery;
    }

    public TurningClock clock() {
        return clock;
    }

    /// Whether a lookup for the key is under way.
    public boolean isAskedFor(RealmKey wanted) {
        take();
        return open.stream().anyMatch(find -> find.target().equals(wanted.id()));
    }

    /// The lookup that is under way for the key ends with these.
    public void finds(RealmKey wanted, Provider... providers) {
        if (!isAskedFor(wanted)) {
            throw new AssertionError("nobody looks for " + wanted);
        }
        var records = List.of(providers).stream().map(each -> signed(wanted, each)).toList();
        var find = open.stream()
                .filter(each -> each.target().equals(wanted.id()))
                .findFirst()
                .orElseThrow();
        open.remove(find);
        discovery.tasks().done(find);
        find.answer()
                .complete(new LookupResult(find.target(), Goal.PROVIDERS, List.of(), records, 1, 0,
                        0, List.of()));
    }

    /// From now on, and until the clock is turned, the answer for the key is at hand.
    public void knows(RealmKey wanted, Provider... providers) {
        var _ = discovery.cached(wanted);
        finds(wanted, providers);
    }

    private void take() {
        for (var task = discovery.tasks().next(Integer.MAX_VALUE, true); task.isPresent(); //
                task = discovery.tasks().next(Integer.MAX_VALUE, true)) {
            if (task.get() instanceof Task.Find find) {
                open.add(find);
            }
        }
    }

    private SignedRecord signed(RealmKey wanted, Provider provider) {
        var payload = Payloads.ofProvider(REALM, provider);
        return new SignedRecord(SignedRecord.Kind.PROVIDER, wanted.id(), provider.node(),
                Bytes.EMPTY, 1, clock.millis() + 300_000, Bytes.of(payload.toArray()), Bytes.EMPTY);
    }
}
