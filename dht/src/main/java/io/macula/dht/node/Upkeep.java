package io.macula.dht.node;

import io.macula.dht.Contact;
import io.macula.dht.lookup.Goal;
import java.util.ArrayDeque;
import java.util.List;

/// Keeps the table true. A contact that was silent for long is asked for nodes of its own
/// bucket: one request shows whether it lives and refreshes the bucket (Maymounkov 2002, 2.3, does the
/// same with a whole lookup). How often follows the churn that is measured.
final class Upkeep {

    private static final long PAUSE_MILLIS = 1000;
    private static final int INTRODUCTIONS_MAX = 3;
    private static final int CONFIRMATIONS_MAX = 64;

    private record Confirmation(Contact contact, long atMillis) {}

    private final Core core;
    private final Requests requests;
    private final ArrayDeque<Confirmation> confirmations = new ArrayDeque<>(1);
    private final Rpc.Owner listener = new Rpc.Owner() {
        @Override
        public void answered(Rpc rpc, Message.Reply reply) {
            if (reply instanceof Message.Nodes(var contacts, _)) {
                introduce(contacts);
            }
        }

        @Override
        public void slow(Rpc rpc) {}

        @Override
        public void failed(Rpc rpc) {}
    };
    private long checkAtMillis;
    private long confirmAtMillis = Long.MAX_VALUE;

    Upkeep(Core core, Requests requests) {
        this.core = core;
        this.requests = requests;
        this.checkAtMillis = core.now() + core.config.checkMin().toMillis();
    }

    /// A contact gave a sign of life, and a full bucket may have to make room for it.
    void heard(Contact contact) {
        switch (core.table.heard(contact, core.now())) {
            case SPARE ->
                core.table.takeQuestionable(contact.id(), core.checkEveryMillis(), core.now())
                        .ifPresent(oldest -> requests.send(oldest, new Message.Ping(), listener));
            case KNOWN, ADDED, REFUSED -> {
            }
        }
    }

    /// A request to `contact` failed. The first failure is settled by a ping a little later.
    void failed(Contact contact) {
        switch (core.table.failed(contact.id(), core.now())) {
            case SUSPECT -> {
                if (confirmations.size() < CONFIRMATIONS_MAX) {
                    var at = core.now() + core.config.confirmAfter().toMillis();
                    confirmations.add(new Confirmation(contact, at));
                    confirmAtMillis = Math.min(confirmAtMillis, at);
                }
            }
            case UNKNOWN, DEAD, REPLACED -> {
            }
        }
    }

    void tick() {
        if (core.now() >= confirmAtMillis) {
            confirm();
        }
        if (core.now() >= checkAtMillis) {
            check();
        }
    }

    long nextMillis() {
        return Math.min(checkAtMillis, confirmAtMillis);
    }

    /// Looks up an id in each bucket farther than the nearest neighbour (Maymounkov 2002, 2.3), one
    /// after the other, leaving out those that are full already.
    void refreshFrom(int bucket) {
        var next = bucket;
        while (next < core.table.depth() && core.table.sizeOfBucket(next) >= core.wanted()) {
            next++;
        }
        if (next < core.table.depth()) {
            var following = next + 1;
            var target = core.self.id().randomSharing(next, core.random());
            Walk.start(core, requests, target, Goal.NODES, 1, List.of(),
                    _ -> refreshFrom(following));
        }
    }

    private void confirm() {
        var next = confirmations.peekFirst();
        while (next != null && next.atMillis() <= core.now()) {
            confirmations.removeFirst();
            requests.sendOnce(next.contact(), new Message.Ping(), listener);
            next = confirmations.peekFirst();
        }
        confirmAtMillis = next == null ? Long.MAX_VALUE : next.atMillis();
    }

    private void check() {
        var every = core.checkEveryMillis();
        var due = core.table.takeDue(every, core.now());
        due.ifPresent(contact -> {
            var target = core.table.refreshTarget(contact.id(), core.random());
            requests.send(contact, new Message.FindNode(target), listener);
        });
        var latest = core.now() + core.config.checkMin().toMillis();
        checkAtMillis = Math.clamp(core.table.nextDueMillis(every), core.now() + PAUSE_MILLIS,
                latest);
    }

    private void introduce(List<Contact> hearsay) {
        var left = INTRODUCTIONS_MAX;
        for (var contact : hearsay) {
            if (left > 0 && core.table.wants(contact)) {
                requests.send(contact, new Message.Ping(), listener);
                left--;
            }
        }
    }
}
