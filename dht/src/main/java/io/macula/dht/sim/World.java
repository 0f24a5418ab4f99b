package io.macula.dht.sim;

import io.macula.dht.Contact;
import io.macula.dht.lookup.LookupResult;
import io.macula.dht.node.Effect;
import io.macula.dht.node.Event;
import io.macula.dht.node.Kademlia;
import io.macula.dht.node.Message;
import io.macula.dht.node.NodeConfig;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Every node, the wires between them and the virtual time. A node is the same [Kademlia] that runs
/// in the product; here its effects become events of other nodes.
final class World {

    private static final int REQUEST = 0;
    private static final int REPLY = 1;
    private static final int TICK = 2;
    private static final int GOODBYE = 3;
    private static final int TASK = 4;

    /// Who is told what becomes of tasks.
    interface Listener {

        void lookedUp(int node, long ticket, LookupResult result);

        void joined(int node, int contacts);
    }

    private final Seeded random;
    private final Links links;
    private final Liars liars;
    private final NodeConfig nodeConfig;
    private final PlainSeal seal = new PlainSeal();
    private final TimeWheel wheel = new TimeWheel();
    private final EventHash hash = new EventHash();
    private final Directory directory = new Directory();
    private @Nullable Kademlia[] cores = new Kademlia[1024];
    private long[] wakeAt = new long[1024];
    private @Nullable Listener listener;
    private @Nullable Contact sender;
    private int senderIndex;
    private long events;

    World(Seeded root, Links links, Liars liars, NodeConfig nodeConfig) {
        this.random = root.branch("nodes");
        this.links = links;
        this.liars = liars;
        this.nodeConfig = nodeConfig;
    }

    void listener(Listener told) {
        listener = told;
    }

    long now() {
        return wheel.now();
    }

    long events() {
        return events;
    }

    String hash() {
        return hash.hex();
    }

    Directory directory() {
        return directory;
    }

    /// A new node that knows nobody; its number.
    int add(Contact contact) {
        var node = directory.add(contact);
        if (node == cores.length) {
            cores = Arrays.copyOf(cores, 2 * node);
            wakeAt = Arrays.copyOf(wakeAt, 2 * node);
        }
        cores[node] = new Kademlia(contact, nodeConfig, seal, now(), random);
        wakeAt[node] = Long.MAX_VALUE;
        return node;
    }

    /// The node is gone without a word.
    void remove(int node) {
        cores[node] = null;
        directory.remove(node);
    }

    boolean isAlive(int node) {
        return cores[node] != null;
    }

    /// The node's core; it must be alive.
    Kademlia core(int node) {
        var core = cores[node];
        if (core == null) {
            throw new IllegalStateException("node " + node + " is gone");
        }
        return core;
    }

    void at(long millis, Runnable task) {
        wheel.add(millis, TASK, 0, 0, 0, task);
    }

    /// Lets a node handle an event now. Nothing happens when it is gone.
    void tell(int node, Event event) {
        var core = cores[node];
        if (core == null) {
            return;
        }
        for (var effect : core.on(event, now(), random)) {
            perform(node, effect);
        }
        var wake = core.wakeAtMillis();
        if (wake < wakeAt[node]) {
            wakeAt[node] = Math.max(wake, now() + 1);
            wheel.add(wakeAt[node], TICK, node, node, 0, null);
        }
    }

    /// Handles what happens up to `untilMillis`, at most `eventsMax` events of it; whether time is up.
    boolean run(long untilMillis, long eventsMax) {
        var stop = events + eventsMax;
        while (events < stop) {
            if (!wheel.advance(untilMillis)) {
                return true;
            }
            handle();
        }
        return false;
    }

    private void handle() {
        var kind = wheel.kind();
        var to = wheel.to();
        var content = wheel.content();
        if (kind == TASK) {
            if (content instanceof Runnable task) {
                task.run();
            }
            return;
        }
        if (cores[to] == null || kind == TICK && wakeAt[to] != now()) {
            return;
        }
        events++;
        hash.add(now(), kind, to, wheel.from(), wheel.number(), content);
        deliver(kind, to, wheel.from(), wheel.number(), content);
    }

    private void deliver(int kind, int to, int from, long number, @Nullable Object content) {
        if (kind == TICK) {
            wakeAt[to] = Long.MAX_VALUE;
            tell(to, new Event.Tick());
            return;
        }
        var contact = directory.contact(from);
        sender = contact;
        senderIndex = from;
        switch (content) {
            case Message.Request request when liars.isLiar(to) && liars.liesAbout(request) -> {
                tell(to, new Event.Heard(contact));
                send(REPLY, to, from, number, liars.answer(request, directory, now()));
            }
            case Message.Request request ->
                tell(to, new Event.Asked(contact, true, number, request));
            case Message.Reply reply -> tell(to, new Event.Answered(contact, number, reply));
            case Message.Leaving _ -> tell(to, new Event.PeerLeft(contact.id()));
            case null, default -> throw new IllegalStateException("no such message: " + content);
        }
    }

    private void perform(int node, Effect effect) {
        switch (effect) {
            case Effect.Send(var to, var number, var request) ->
                send(REQUEST, node, indexOf(to), number, request);
            case Effect.Answer(var to, var number, var reply) ->
                send(REPLY, node, indexOf(to), number, reply);
            case Effect.Tell(var to, var message) -> send(GOODBYE, node, indexOf(to), 0, message);
            case Effect.LookedUp(var ticket, var result) ->
                listener().lookedUp(node, ticket, result);
            case Effect.Joined(_, var contacts) -> listener().joined(node, contacts);
            case Effect.Published _ -> {
            }
        }
    }

    private void send(int kind, int from, int to, long number, Message message) {
        if (to >= 0 && cores[to] != null && !links.loses()) {
            wheel.add(now() + links.delayMillis(from, to), kind, to, from, number, message);
        }
    }

    /// Most messages go back to whom the last one came from.
    private int indexOf(Contact contact) {
        return contact == sender ? senderIndex : directory.find(contact.id());
    }

    private Listener listener() {
        if (listener == null) {
            throw new IllegalStateException("nobody listens");
        }
        return listener;
    }
}
