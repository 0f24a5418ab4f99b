package io.macula.dht.node;

import io.macula.dht.Contact;
import io.macula.dht.lookup.Lookup;
import io.macula.dht.record.SignedRecord;
import io.macula.dht.store.Health;
import io.macula.dht.store.Verdict;
import java.util.List;
import java.util.function.Consumer;

/// One record on its way to the nodes nearest to its key: waits until each of them has acknowledged,
/// refused or failed.
final class Publication implements Rpc.Owner {

    private final Core core;
    private final SignedRecord signed;
    private final Consumer<Health> onDone;
    private int waiting;
    private int asked;
    private int acknowledged;

    private Publication(Core core, SignedRecord signed, Consumer<Health> onDone) {
        this.core = core;
        this.signed = signed;
        this.onDone = onDone;
    }

    /// Stores at `holders`, whose tokens `lookup` has, and here too when `alsoHere`.
    static void start(Core core, Requests requests, SignedRecord signed, List<Contact> holders,
            Lookup lookup, boolean alsoHere,
            Consumer<Health> onDone) {
        var publication = new Publication(core, signed, onDone);
        if (alsoHere) {
            publication.asked++;
            publication.count(core.store.put(signed, core.now(), core.random()));
        }
        publication.asked += holders.size();
        publication.waiting = holders.size();
        for (var holder : holders) {
            var token = lookup.tokenOf(holder.id());
            requests.send(holder, new Message.Keep(signed, 0, token), publication);
        }
        publication.finishWhenComplete();
    }

    @Override
    public void answered(Rpc rpc, Message.Reply reply) {
        if (reply instanceof Message.Stored(var verdict)) {
            count(verdict);
        }
        waiting--;
        finishWhenComplete();
    }

    @Override
    public void slow(Rpc rpc) {}

    @Override
    public void failed(Rpc rpc) {
        waiting--;
        finishWhenComplete();
    }

    private void count(Verdict verdict) {
        acknowledged += verdict == Verdict.STORED ? 1 : 0;
    }

    private void finishWhenComplete() {
        if (waiting == 0) {
            var health = new Health(signed.key(), acknowledged, asked, core.now());
            core.store.acknowledged(health);
            onDone.accept(health);
        }
    }
}
