package io.macula.dht.node;

import io.macula.dht.Contact;
import io.macula.dht.NodeId;
import io.macula.dht.record.Bytes;
import io.macula.dht.record.SignedRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiPredicate;

/// A few nodes joined by wires without delay, for tests. A wire may be cut or lossy.
final class Mesh {

    private record Flight(Contact from, Contact to, Effect effect) {}

    final Map<NodeId, Kademlia> nodes = new LinkedHashMap<>();
    final List<Effect> outcomes = new ArrayList<>();
    BiPredicate<Contact, Effect> drop = (_, _) -> false;
    int dropped;
    long now = 1;
    private final Random random = new Random(11);
    private final ArrayDeque<Flight> flights = new ArrayDeque<>();

    Kademlia add(Contact contact) {
        var node = new Kademlia(contact, NodeConfig.DEFAULT,
                signed -> signed.signature().equals(Bytes.EMPTY), now,
                random);
        nodes.put(contact.id(), node);
        return node;
    }

    Kademlia at(Contact contact) {
        var node = nodes.get(contact.id());
        if (node == null) {
            throw new AssertionError("no node " + contact);
        }
        return node;
    }

    /// Lets `node` handle an event, and everybody what follows from it.
    void tell(Kademlia node, Event event) {
        perform(node, node.on(event, now, random));
        while (!flights.isEmpty()) {
            deliver(flights.removeFirst());
        }
    }

    /// Lets `from` store a record at one node as the protocol wants it: with the token of its answer.
    void give(Kademlia holder, Contact from, SignedRecord signed) {
        var token = tokenOf(holder, from);
        tell(holder, new Event.Asked(from, true, 1, new Message.Keep(signed, 0, token)));
    }

    /// The token that a node gives to `asker`.
    long tokenOf(Kademlia node, Contact asker) {
        var effects = node.on(
                new Event.Asked(asker, false, 1, new Message.FindNode(asker.id())), now, random);
        return switch (effects.getFirst()) {
            case Effect.Answer(_, _, Message.Nodes(_, var token)) -> token;
            case Effect other -> throw new AssertionError("no token in " + other);
        };
    }

    /// Lets time pass; every node is woken when it asked to be.
    void pass(long millis) {
        var end = now + millis;
        while (true) {
            var next = nodes.values()
                    .stream()
                    .mapToLong(Kademlia::wakeAtMillis)
                    .min()
                    .orElse(Long.MAX_VALUE);
            if (next > end) {
                now = end;
                return;
            }
            now = Math.max(now, next);
            for (var node : List.copyOf(nodes.values())) {
                if (node.wakeAtMillis() <= now) {
                    tell(node, new Event.Tick());
                }
            }
        }
    }

    <E extends Effect> List<E> outcomes(Class<E> type) {
        return outcomes.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /// The usual configuration with other limits for those who ask.
    static NodeConfig with(RequestLimits requests) {
        var usual = NodeConfig.DEFAULT;
        return new NodeConfig(usual.table(), usual.store(), usual.parallel(), usual.softMin(),
                usual.softMax(), usual.hard(), usual.confirmAfter(), usual.checkMin(),
                usual.checkMax(), usual.staleShare(), usual.providersInReply(), requests);
    }

    static SignedRecord value(NodeId key, long sequence, long end) {
        return record(SignedRecord.Kind.VALUE, key, sequence, end);
    }

    static SignedRecord record(SignedRecord.Kind kind, NodeId key, long sequence, long end) {
        return new SignedRecord(kind, key, NodeId.hashOf(new byte[]{9}), Bytes.EMPTY, sequence, end,
                Bytes.of((byte) 1), Bytes.EMPTY);
    }

    private void perform(Kademlia node, List<Effect> effects) {
        for (var effect : effects) {
            switch (effect) {
                case Effect.Send(var to, _, _) -> fly(node.self(), to, effect);
                case Effect.Answer(var to, _, _) -> fly(node.self(), to, effect);
                case Effect.Tell(var to, _) -> fly(node.self(), to, effect);
                case Effect.LookedUp _,Effect.Published _,Effect.Joined _ -> outcomes.add(effect);
            }
        }
    }

    private void fly(Contact from, Contact to, Effect effect) {
        if (drop.test(to, effect)) {
            dropped++;
        } else {
            flights.add(new Flight(from, to, effect));
        }
    }

    private void deliver(Flight flight) {
        var node = nodes.get(flight.to().id());
        if (node == null) {
            return;
        }
        var event = switch (flight.effect()) {
            case Effect.Send(_, var number, var request) ->
                new Event.Asked(flight.from(), true, number, request);
            case Effect.Answer(_, var number, var reply) ->
                new Event.Answered(flight.from(), number, reply);
            case Effect.Tell _ -> new Event.PeerLeft(flight.from().id());
            case Effect.LookedUp _,Effect.Published _,Effect.Joined _ ->
                throw new IllegalStateException();
        };
        perform(node, node.on(event, now, random));
    }
}
