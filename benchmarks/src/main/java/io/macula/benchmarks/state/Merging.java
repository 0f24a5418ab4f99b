package io.macula.benchmarks.state;

import io.macula.crdt.Batch;
import io.macula.crdt.Edit;
import io.macula.crdt.ReplicaId;
import io.macula.crdt.Stamp;
import io.macula.crdt.Store;
import io.macula.crdt.Tick;
import java.util.Arrays;
import java.util.List;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.ddata.ORSet;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;

/// What it takes to merge one addition of another node into a large set: the median over many, in
/// microseconds, without any network.
final class Merging {

    private static final int WARMUP = 300;
    private static final int MERGES = 300;

    private Merging() {}

    static double ours(int elements) {
        var local = new ReplicaId(1, 1);
        var store = Store.EMPTY;
        for (int i = 0; i < elements; i++) {
            store = store.apply(addition(store, local, i, "element-" + i)).next();
        }
        var remote = new ReplicaId(2, 2);
        var from = Store.EMPTY;
        var nanos = new long[WARMUP + MERGES];
        for (int i = 0; i < nanos.length; i++) {
            var batch = addition(from, remote, i, "remote-" + i);
            from = from.apply(batch).next();
            var begin = System.nanoTime();
            store = store.apply(batch).next();
            nanos[i] = System.nanoTime() - begin;
        }
        return medianMicros(nanos);
    }

    private static Batch addition(Store store, ReplicaId replica, int index, String element) {
        var tick = new Tick(replica.dot(index + 1), new Stamp(index + 1));
        Edit add = (root, at) -> root.set("set").add(at.dot(), element);
        return new Batch(tick.dot(), tick.stamp(),
                List.of(store.change(add, tick).orElseThrow()));
    }

    static double ddata(int elements) {
        var local = at(1);
        var set = ORSet.<String>create();
        for (int i = 0; i < elements; i++) {
            set = set.add(local, "element-" + i);
        }
        set = set.resetDelta();
        var remote = at(2);
        var nanos = new long[WARMUP + MERGES];
        for (int i = 0; i < nanos.length; i++) {
            var delta = set.resetDelta().add(remote, "remote-" + i).delta().get();
            var begin = System.nanoTime();
            set = set.mergeDelta(delta);
            nanos[i] = System.nanoTime() - begin;
        }
        return medianMicros(nanos);
    }

    private static SelfUniqueAddress at(int port) {
        return new SelfUniqueAddress(new UniqueAddress(
                Address.apply("pekko", "ddata", "127.0.0.1", port), (long) port));
    }

    private static double medianMicros(long[] nanos) {
        var measured = Arrays.copyOfRange(nanos, WARMUP, nanos.length);
        Arrays.sort(measured);
        return measured[measured.length / 2] / 1e3;
    }
}
