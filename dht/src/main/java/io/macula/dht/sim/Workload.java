package io.macula.dht.sim;

import io.macula.dht.NodeId;
import io.macula.dht.lookup.LookupResult;
import io.macula.dht.node.Event;
import io.macula.dht.record.SignedRecord;
import java.util.BitSet;

/// What the nodes are asked to do, and what came of it. Each round looks up random ids from random
/// honest nodes, then gets every key once.
final class Workload {

    private static final int ACCURACY_SAMPLES_MAX = 1000;
    private static final int WANTED = 20;
    private static final long LOOKUP_GAP_MILLIS = 20;
    private static final long GET_GAP_MILLIS = 10;
    private static final long GET = 1L << 40;

    private final World world;
    private final Population population;
    private final SimConfig config;
    private final Seeded random;
    private final SignedRecord[] records;
    private final Measurements hops = new Measurements();
    private final Measurements rpcsPerLookup = new Measurements();
    private final Measurements rpcsPerGet = new Measurements();
    private final Measurements getLatency = new Measurements();
    private final BitSet sampled = new BitSet();
    private int lookupsStarted;
    private long trueNodes;
    private long trueNodesFound;
    private int getsRight;

    Workload(World world, Population population, SimConfig config, Seeded root,
            long expiresAtMillis) {
        this.world = world;
        this.population = population;
        this.config = config;
        this.random = root.branch("workload");
        this.records = new SignedRecord[config.keys()];
        for (var i = 0; i < records.length; i++) {
            records[i] = PlainSeal.value(NodeId.random(random), NodeId.random(random), 1,
                    expiresAtMillis, i);
        }
    }

    /// Stores every key from some node; returns when the last one starts.
    long storeFrom(long atMillis) {
        for (var i = 0; i < records.length; i++) {
            var signed = records[i];
            world.at(atMillis + i * GET_GAP_MILLIS, () -> world.tell(population.anyHonest(random),
                    new Event.Publish(0, signed, config.paths())));
        }
        return atMillis + records.length * GET_GAP_MILLIS;
    }

    /// One round; returns when the last lookup starts.
    long roundFrom(long atMillis, int lookups) {
        var at = atMillis;
        for (var i = 0; i < lookups; i++, at += LOOKUP_GAP_MILLIS) {
            var ticket = lookupsStarted++;
            world.at(at, () -> world.tell(population.anyHonest(random),
                    new Event.Find(ticket, NodeId.random(random), config.paths())));
        }
        for (var i = 0; i < records.length; i++, at += GET_GAP_MILLIS) {
            var index = i;
            world.at(at, () -> world.tell(population.anyHonest(random),
                    new Event.FindValueOf(GET + index, records[index].key(), config.paths())));
        }
        return at;
    }

    void lookedUp(int node, long ticket, LookupResult result) {
        if (ticket >= GET) {
            got(records[(int) (ticket - GET)], result);
            return;
        }
        hops.add(result.hops());
        rpcsPerLookup.add(result.requests());
        if (isSampled()) {
            compare(node, result);
        }
    }

    SimReport.Percentiles hops() {
        return hops.percentiles();
    }

    SimReport.Percentiles rpcsPerLookup() {
        return rpcsPerLookup.percentiles();
    }

    SimReport.Percentiles rpcsPerGet() {
        return rpcsPerGet.percentiles();
    }

    SimReport.Percentiles getLatency() {
        return getLatency.percentiles();
    }

    double accuracy() {
        return trueNodes == 0 ? 1 : trueNodesFound / (double) trueNodes;
    }

    double getSuccess() {
        return getLatency.count() == 0 ? 1 : getsRight / (double) getLatency.count();
    }

    /// How many living honest nodes hold each key, cached copies left out.
    int[] copies(Liars liars) {
        var copies = new int[records.length];
        var directory = world.directory();
        for (var place = 0; place < directory.aliveCount(); place++) {
            var node = directory.aliveAt(place);
            var store = world.core(node).store();
            for (var i = 0; i < records.length && !liars.isLiar(node); i++) {
                copies[i] += store.isHolder(records[i].key(), world.now()) ? 1 : 0;
            }
        }
        return copies;
    }

    private void got(SignedRecord expected, LookupResult result) {
        rpcsPerGet.add(result.requests());
        getLatency.add(result.elapsedMillis());
        getsRight += result.isFound() && result.records().getFirst().equals(expected) ? 1 : 0;
    }

    /// The truth costs a look at every node, so of many lookups only an even sample is compared.
    private boolean isSampled() {
        var every = Math.max(1, config.lookups() / ACCURACY_SAMPLES_MAX);
        return hops.count() % every == 0;
    }

    private void compare(int node, LookupResult result) {
        var truth = world.directory().nearest(result.target(), WANTED, node);
        sampled.clear();
        for (var contact : result.closest()) {
            sampled.set(world.directory().find(contact.id()));
        }
        trueNodes += truth.length;
        for (var nearest : truth) {
            trueNodesFound += sampled.get(nearest) ? 1 : 0;
        }
    }
}
