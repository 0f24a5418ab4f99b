package io.macula.benchmarks.state;

import io.macula.actors.link.PeerAddress;
import io.macula.app.State;
import io.macula.app.StateKey;
import io.macula.crdt.Bytes;
import io.macula.crdt.Difference;
import io.macula.crdt.OrSet;
import io.macula.crdt.PnCounter;
import io.macula.runtime.MaculaNode;
import io.macula.runtime.Node;
import io.macula.runtime.NodeSettings;
import io.macula.runtime.Role;
import io.macula.runtime.Tuning;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;

/// A node as users start it: identity, QUIC, durable on disk, told through the public API.
final class OurReplica implements Replica {

    private static final StateKey<OrSet> SET = StateKey.set("set");
    private static final StateKey<PnCounter> COUNTER = StateKey.counter("counter");
    private static final String REGISTER = "register-";
    private static final String VALUE = "x".repeat(60);

    private final Node node;
    private final State state;
    private final ConcurrentHashMap<Bytes, LongConsumer> awaited = new ConcurrentHashMap<>();

    private OurReplica(Node node) {
        this.node = node;
        this.state = node.state().orElseThrow();
        state.subscribe(new State.Interest.Key(SET.name()), this::changed);
    }

    /// @param seed the address of another, empty for the first
    static OurReplica start(Path dataDir, String seed) {
        var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var peers = seed.isEmpty()
                ? List.<PeerAddress>of()
                : List.of(PeerAddress.parse(seed).orElseThrow());
        var settings = new NodeSettings("bench", seed.isEmpty() ? Role.GATEWAY : Role.PEER,
                NodeSettings.RealmSettings.open("bench"), dataDir, anyPort,
                seed.isEmpty() ? anyPort : null, peers, false, Tuning.DEFAULT);
        return switch (MaculaNode.start(settings)) {
            case MaculaNode.Started.Running(var node) -> new OurReplica(node);
            case MaculaNode.Started.Failed(var failure) ->
                throw new IllegalStateException(failure.message());
        };
    }

    @Override
    public String address() {
        var bound = node.quicAddress().orElseThrow();
        return new PeerAddress(node.id(), bound.getHostString(), bound.getPort()).toString();
    }

    @Override
    public int members() {
        return 1 + Math.toIntExact(figure("state_peers"));
    }

    @Override
    public void addAll(Elements elements) throws InterruptedException {
        windowed(elements.count(), index -> {
            var element = elements.element(index);
            return state.update(SET, (set, tick) -> set.add(tick.dot(), element));
        });
    }

    @Override
    public void countUp(int times) throws InterruptedException {
        windowed(times, _ -> state.update(COUNTER,
                (counter, tick) -> counter.increment(tick.dot(), 1)));
    }

    @Override
    public void writeRegisters(int count) throws InterruptedException {
        windowed(count, index -> state.put(StateKey.register(REGISTER + index),
                Bytes.utf8(VALUE + index)));
    }

    private static void windowed(int count, IntFunction<CompletionStage<State.Changed>> change)
            throws InterruptedException {
        var changes = new Changes(count, change);
        for (int started = 0; started < WINDOW; started++) {
            changes.next();
        }
        changes.done.await();
    }

    /// Makes many changes, each when one before it has been answered.
    private static final class Changes {

        private final int count;
        private final IntFunction<CompletionStage<State.Changed>> change;
        private final AtomicInteger begun = new AtomicInteger();
        private final CountDownLatch done;

        Changes(int count, IntFunction<CompletionStage<State.Changed>> change) {
            this.count = count;
            this.change = change;
            this.done = new CountDownLatch(count);
        }

        void next() {
            var index = begun.getAndIncrement();
            if (index < count) {
                make(index);
            }
        }

        private void make(int index) {
            change.apply(index).thenAccept(changed -> {
                switch (changed) {
                    case State.Changed.Busy(var retryAfter) ->
                        CompletableFuture
                                .delayedExecutor(retryAfter.toMillis(), TimeUnit.MILLISECONDS)
                                .execute(() -> make(index));
                    case State.Changed.Done _,State.Changed.Unchanged _ -> {
                        done.countDown();
                        next();
                    }
                    case State.Changed.TooLarge _,State.Changed.Invalid _,State.Changed.Unavailable _,State.Changed.Unknown _ ->
                        throw new IllegalStateException("not made: " + changed);
                }
            });
        }
    }

    @Override
    public void whenSeen(String element, LongConsumer seen) {
        awaited.put(Bytes.utf8(element), seen);
    }

    private void changed(List<Difference> differences) {
        var now = System.nanoTime();
        for (var difference : differences) {
            if (difference instanceof Difference.Added(_, var element)) {
                var seen = awaited.remove(element);
                if (seen != null) {
                    seen.accept(now);
                }
            }
        }
    }

    @Override
    public int setSize() {
        return state.get(SET).size();
    }

    @Override
    public int registerCount() {
        return Math.toIntExact(figure("state_entries"));
    }

    @Override
    public long sentBytes() {
        return figure("state_bytes_sent");
    }

    private long figure(String name) {
        return node.report().figures().getOrDefault(name, 0L);
    }

    @Override
    public void close() {
        node.close();
    }
}
