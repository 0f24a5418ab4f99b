package io.macula.dht;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/// Contacts for tests: from a seed, each in a network of its own unless said otherwise.
public final class Contacts {

    private Contacts() {}

    public static Contact any(RandomGenerator random) {
        return at(NodeId.random(random),
                "20." + random.nextInt(256) + "." + random.nextInt(256) + ".7");
    }

    public static Contact at(NodeId id, String host) {
        return new Contact(id, Endpoint.of(host, 9443));
    }

    /// Contacts that share exactly `bits` leading bits with `self`, on private addresses.
    public static List<Contact> sharing(NodeId self, int bits, int count, long seed) {
        var random = new Random(seed);
        var contacts = new ArrayList<Contact>();
        for (var i = 0; i < count; i++) {
            contacts.add(at(self.randomSharing(bits, random), "10.0.0." + (i % 250 + 1)));
        }
        return contacts;
    }

    public static List<Contact> many(int count, long seed) {
        var random = new Random(seed);
        var contacts = new ArrayList<Contact>();
        for (var i = 0; i < count; i++) {
            contacts.add(at(NodeId.random(random), "10.0.0." + (i % 250 + 1)));
        }
        return contacts;
    }

    public static List<Contact> byDistance(NodeId target, List<Contact> contacts) {
        return contacts.stream().sorted((a, b) -> target.compareDistance(a.id(), b.id())).toList();
    }
}
