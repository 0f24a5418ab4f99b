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
