package io.macula.dht.node;

import io.macula.dht.Contact;
import io.macula.dht.NodeId;
import io.macula.dht.lookup.Goal;
import io.macula.dht.lookup.Lookup;
import io.macula.dht.lookup.LookupResult;
import io.macula.dht.record.RecordVerifier;
import io.macula.dht.record.SignedRecord;
import io.macula.dht.store.Store;
import io.macula.dht.table.RoutingTable;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// One node of the DHT as a reducer: each [Event] at a time, with randomness, changes the state
/// and yields effects. The same events, times and random numbers give the same effects, in the
/// simulator as in the real node.
///
/// The state is changed in place: copying a table of two hundred contacts for each of a hundred
/// million events would be the most expensive thing here. One thread at a time; nothing blocks.
public final class Kademlia {

    private final Core core;
    private final Requests requests;
    private final Upkeep upkeep;
    private final RequestRates rates;
    private final Answers answers;
    private final Publishing publishing;

    /// A node that knows nobody. The first numbers of `random` become the secret behind its store
    /// tokens, so in a real node they must be unpredictable. `nowMillis` here and later is one clock, in milliseconds since
    /// 1970 because records expire by it; when it runs backwards, the latest time seen counts.
    public Kademlia(Contact self, NodeConfig config, RecordVerifier verifier, long nowMillis,
            RandomGenerator random) {
        core = new Core(self, config, verifier, nowMillis, random);
        requests = new Requests(core);
        upkeep = new Upkeep(core, requests);
        rates = new RequestRates(config.requests());
        answers = new Answers(core);
        publishing = new Publishing(core, requests);
    }

    /// Handles one event and returns what to do.
    public List<Effect> on(Event event, long nowMillis, RandomGenerator random) {
        core.begin(nowMillis, random);
        switch (event) {
            case Event.Tick() -> tick();
            case Event.Asked(var from, var serves, var number, var request) ->
                asked(from, serves, number, request);
            case Event.Answered(var from, var number, var reply) -> answered(from, number, reply);
            case Event.Undeliverable(var number) -> undeliverable(number);
            case Event.Heard(var contact) -> upkeep.heard(contact);
            case Event.PeerLeft(var peer) -> core.table.left(peer);
            case Event.Join(var ticket, var seeds) -> join(ticket, seeds);
            case Event.Find(var ticket, var target, var paths) ->
                find(ticket, target, Goal.NODES, paths);
            case Event.FindValueOf(var ticket, var key, var paths) -> findValue(ticket, key, paths);
            case Event.FindProvidersOf(var ticket, var key, var paths) ->
                find(ticket, key, Goal.PROVIDERS, paths);
            case Event.Publish(var ticket, var signed, var paths) -> publish(ticket, signed, paths);
            case Event.Leave() -> core.table.siblings().forEach(this::sayGoodbye);
        }
        return core.end();
    }

    /// When the next [Event.Tick] is due; an earlier one does nothing. Ask again after each event.
    public long wakeAtMillis() {
        return Math.min(requests.nextMillis(),
                Math.min(upkeep.nextMillis(), core.store.nextMillis()));
    }

    /// Who this node is.
    public Contact self() {
        return core.self;
    }

    /// The table, to be read only.
    public RoutingTable table() {
        return core.table;
    }

    /// The store, to be read only.
    public Store store() {
        return core.store;
    }

    /// Requests under way.
    public int requestsUnderWay() {
        return requests.count();
    }

    private void tick() {
        for (var rpc : requests.timeOut()) {
            failed(rpc);
        }
        upkeep.tick();
        publishing.republish(core.store.sweep(core.now(), core.random()));
    }

    private void asked(Contact from, boolean serves, long number, Message.Request request) {
        if (!rates.allows(from, core.now())) {
            core.effect(new Effect.Answer(from, number, new Message.Busy()));
            return;
        }
        if (serves) {
            upkeep.heard(from);
        }
        core.effect(new Effect.Answer(from, number, answers.to(from, request)));
    }

    private void answered(Contact from, long number, Message.Reply reply) {
        var rpc = requests.answered(from, number);
        if (rpc != null) {
            upkeep.heard(rpc.to);
            rpc.owner.answered(rpc, reply);
        }
    }

    private void undeliverable(long number) {
        var rpc = requests.abandon(number);
        if (rpc != null) {
            failed(rpc);
        }
    }

    private void failed(Rpc rpc) {
        upkeep.failed(rpc.to);
        rpc.owner.failed(rpc);
    }

    private void join(long ticket, List<Contact> seeds) {
        Walk.start(core, requests, core.self.id(), Goal.NODES, 1, seeds, _ -> {
            core.effect(new Effect.Joined(ticket, core.table.size()));
            upkeep.refreshFrom(0);
        });
    }

    private void find(long ticket, NodeId target, Goal goal, int paths) {
        Walk.start(core, requests, target, goal, paths, List.of(), ended(ticket));
    }

    private void findValue(long ticket, NodeId key, int paths) {
        var own = core.store.valueOf(key, core.now()).filter(value -> !value.isWithdrawal());
        if (own.isPresent()) {
            var here = new LookupResult(key, Goal.VALUE, List.of(), List.of(own.get()), 0, 0, 0,
                    List.of());
            core.effect(new Effect.LookedUp(ticket, here));
            return;
        }
        Walk.start(core, requests, key, Goal.VALUE, paths, List.of(), lookup -> {
            ended(ticket).accept(lookup);
            publishing.cacheOnPath(lookup, lookup.result(core.now()));
        });
    }

    private void publish(long ticket, SignedRecord signed, int paths) {
        var start = core.now();
        publishing.publish(signed, paths,
                health -> core.effect(new Effect.Published(ticket, health, core.now() - start)));
    }

    private Consumer<Lookup> ended(long ticket) {
        return lookup -> core.effect(new Effect.LookedUp(ticket, lookup.result(core.now())));
    }

    private void sayGoodbye(Contact neighbour) {
        core.effect(new Effect.Tell(neighbour, new Message.Leaving()));
    }
}
