package io.macula.dht.node;

import io.macula.dht.Contact;
import io.macula.dht.NodeId;
import io.macula.dht.lookup.Goal;
import io.macula.dht.lookup.Lookup;
import io.macula.dht.lookup.LookupLimits;
import io.macula.dht.record.SignedRecord;
import java.util.List;
import java.util.function.Consumer;

/// A lookup under way: sends what the lookup wants asked, and checks what comes back.
final class Walk implements Rpc.Owner {

    private static final int RECORDS_MAX = 64;

    private final Core core;
    private final Requests requests;
    private final Lookup lookup;
    private final Consumer<Lookup> onDone;
    private boolean ended;

    private Walk(Core core, Requests requests, Lookup lookup, Consumer<Lookup> onDone) {
        this.core = core;
        this.requests = requests;
        this.lookup = lookup;
        this.onDone = onDone;
    }

    /// Starts from the own table and `more`; `onDone` is called once, perhaps before this returns.
    static void start(Core core, Requests requests, NodeId target, Goal goal, int paths,
            List<Contact> more,
            Consumer<Lookup> onDone) {
        var limits = new LookupLimits(core.wanted(), core.config.parallel(), paths);
        var known = core.table.startingPoints(target, limits.wanted());
        var lookup = new Lookup(core.self.id(), target, goal, limits, known, core.now());
        lookup.startAlsoFrom(more);
        if (goal == Goal.PROVIDERS) {
            lookup.know(core.store.providersOf(target, core.config.providersInReply(), core.now()));
        }
        new Walk(core, requests, lookup, onDone).step();
    }

    @Override
    public void answered(Rpc rpc, Message.Reply reply) {
        if (ended) {
            return;
        }
        var from = rpc.to.id();
        switch (reply) {
            case Message.Nodes(var contacts, var token) -> lookup.answered(from, contacts, token);
            case Message.Found(var records, var contacts) -> found(from, records, contacts);
            case Message.Pong _,Message.Stored _,Message.Busy _ -> lookup.failed(from);
        }
        step();
    }

    @Override
    public void slow(Rpc rpc) {
        if (!ended) {
            lookup.sent();
            lookup.slow(rpc.to.id());
            step();
        }
    }

    @Override
    public void failed(Rpc rpc) {
        if (!ended) {
            lookup.failed(rpc.to.id());
            step();
        }
    }

    private void step() {
        for (var next = lookup.next(); next.isPresent(); next = lookup.next()) {
            lookup.sent();
            requests.send(next.get(), question(), this);
        }
        if (lookup.isDone()) {
            ended = true;
            onDone.accept(lookup);
        }
    }

    private Message.Request question() {
        return switch (lookup.goal()) {
            case NODES -> new Message.FindNode(lookup.target());
            case VALUE -> new Message.FindValue(lookup.target());
            case PROVIDERS -> new Message.FindProviders(lookup.target());
        };
    }

    private void found(NodeId from, List<SignedRecord> records, List<Contact> contacts) {
        var genuine = records.stream().limit(RECORDS_MAX).filter(this::isWanted).toList();
        if (genuine.isEmpty()) {
            lookup.answered(from, contacts, 0);
        } else {
            lookup.found(from, genuine, contacts);
        }
    }

    private boolean isWanted(SignedRecord signed) {
        var kind = lookup.goal() == Goal.VALUE
                ? SignedRecord.Kind.VALUE
                : SignedRecord.Kind.PROVIDER;
        return lookup.goal() != Goal.NODES && signed.kind() == kind
                && signed.key().equals(lookup.target())
                && !signed.isExpired(core.now()) && core.verifier.isGenuine(signed);
    }
}
