package io.macula.dht.sim;

import io.macula.dht.Contact;
import io.macula.dht.Endpoint;
import io.macula.dht.NodeId;
import io.macula.dht.node.Event;
import java.util.List;
import java.util.stream.Stream;

/// Who comes and goes. Lifetimes are exponential, and each node that leaves is replaced at once.
final class Population {

    private static final long RETRY_MILLIS = 5000;
    private static final int SEEDS = 3;
    private static final double HOUR_MILLIS = 3_600_000;

    private final World world;
    private final Liars liars;
    private final Seeded ids;
    private final Seeded seeds;
    private final Seeded lives;
    private final double lifeMeanMillis;

    Population(World world, Liars liars, Seeded root, double churnPerHour) {
        this.world = world;
        this.liars = liars;
        this.ids = root.branch("ids");
        this.seeds = root.branch("seeds");
        this.lives = root.branch("lives");
        this.lifeMeanMillis = churnPerHour > 0
                ? HOUR_MILLIS / -StrictMath.log(1 - churnPerHour)
                : 0;
    }

    /// Lets `count` nodes join, evenly over `overMillis`.
    void build(int count, long overMillis) {
        for (var i = 0; i < count; i++) {
            world.at(1 + overMillis * i / count, this::arrive);
        }
    }

    /// A join that no seed answered is tried again through others.
    void joined(int node, int contacts) {
        if (contacts == 0 && world.directory().aliveCount() > 1) {
            world.at(world.now() + RETRY_MILLIS, () -> join(node));
        }
    }

    /// A living node that tells the truth.
    int anyHonest(Seeded random) {
        while (true) {
            var node = any(random);
            if (!liars.isLiar(node)) {
                return node;
            }
        }
    }

    private void arrive() {
        var contact = new Contact(NodeId.random(ids), Endpoint.of(publicAddress(), 9443));
        var node = world.add(contact);
        liars.decide(node, contact);
        if (node > 0) {
            join(node);
        }
        if (lifeMeanMillis > 0) {
            var life = (long) (-lifeMeanMillis * StrictMath.log(1 - lives.nextDouble()));
            world.at(world.now() + 1 + life, () -> depart(node));
        }
    }

    private void depart(int node) {
        liars.gone(node, world.directory().contact(node));
        world.remove(node);
        arrive();
    }

    private void join(int node) {
        var through = Stream.generate(() -> any(seeds))
                .limit(SEEDS)
                .filter(seed -> seed != node)
                .map(world.directory()::contact)
                .distinct()
                .toList();
        world.tell(node, new Event.Join(0, List.copyOf(through)));
    }

    private int any(Seeded random) {
        return world.directory().aliveAt(random.nextInt(world.directory().aliveCount()));
    }

    private String publicAddress() {
        return 11 + ids.nextInt(89) + "." + ids.nextInt(256) + "." + ids.nextInt(256) + "."
                + ids.nextInt(256);
    }
}
