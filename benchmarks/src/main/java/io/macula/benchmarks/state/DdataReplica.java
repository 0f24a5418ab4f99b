package io.macula.benchmarks.state;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.ddata.DistributedData;
import org.apache.pekko.cluster.ddata.GCounter;
import org.apache.pekko.cluster.ddata.GCounterKey;
import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.LWWRegister;
import org.apache.pekko.cluster.ddata.LWWRegisterKey;
import org.apache.pekko.cluster.ddata.ORSet;
import org.apache.pekko.cluster.ddata.ORSetKey;
import org.apache.pekko.cluster.ddata.ReplicatedData;
import org.apache.pekko.cluster.ddata.Replicator;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;
import org.apache.pekko.pattern.Patterns;
import org.jspecify.annotations.Nullable;

/// Pekko's distributed data as it is set up by default, over Artery TCP without TLS.
final class DdataReplica implements Replica {

    private static final String NAME = "ddata";
    private static final Key<ORSet<String>> SET = ORSetKey.create("set");
    private static final Key<GCounter> COUNTER = GCounterKey.create("counter");
    private static final String REGISTER = "register-";
    private static final String VALUE = "x".repeat(60);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 2;

    private final ActorSystem system;
    private final ActorRef replicator;
    private final SelfUniqueAddress self;
    private final ConcurrentMap<String, LongConsumer> awaited = new ConcurrentHashMap<>();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor();
    private int registers;

    private DdataReplica(ActorSystem system) {
        this.system = system;
        this.replicator = DistributedData.get(system).replicator();
        this.self = DistributedData.get(system).selfUniqueAddress();
        var _ = looking.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /// @param seed the address of another, empty for the first
    static DdataReplica start(String seed) {
        var system = ActorSystem.create(NAME,
                ConfigFactory
                        .parseString(
                                """
                                    pekko {
                                      loglevel = ERROR
                                      stdout-loglevel = ERROR
                                      actor { provider = cluster, allow-java-serialization = off, typed.library-extensions = [] }
                                      remote.artery {
                                        canonical { hostname = "127.0.0.1", port = 0 }
                                        advanced.instruments = ["%s"]
                                      }
                                      cluster { jmx.enabled = off }
                                    }
                                    """.formatted(
                                        SentBytes.class.getName()))
                        .withFallback(ConfigFactory.load()));
        var cluster = Cluster.get(system);
        cluster.join(seed.isEmpty()
                ? cluster.selfMember().address()
                : AddressFromURIString.parse(seed));
        return new DdataReplica(system);
    }

    @Override
    public String address() {
        return ((ExtendedActorSystem) system).provider().getDefaultAddress().toString();
    }

    @Override
    public int members() {
        var up = 0;
        for (var member : Cluster.get(system).state().getMembers()) {
            up += member.status().equals(MemberStatus.up()) ? 1 : 0;
        }
        return up;
    }

    @Override
    public void addAll(Elements elements) throws InterruptedException {
        windowed(elements.count(), index -> {
            var element = elements.element(index);
            return new Replicator.Update<>(SET, ORSet.create(), Replicator.writeLocal(),
                    Optional.empty(), set -> set.add(self, element));
        });
    }

    @Override
    public void countUp(int times) throws InterruptedException {
        windowed(times, _ -> new Replicator.Update<>(COUNTER, GCounter.create(),
                Replicator.writeLocal(), Optional.empty(),
                counter -> counter.increment(self, 1)));
    }

    @Override
    public void writeRegisters(int count) throws InterruptedException {
        windowed(count, index -> new Replicator.Update<>(
                LWWRegisterKey.<String>create(REGISTER + index), LWWRegister.create(self, ""),
                Replicator.writeLocal(), Optional.empty(),
                register -> register.withValue(self, VALUE + index)));
    }

    private void windowed(int count, IntFunction<Replicator.Update<?>> update)
            throws InterruptedException {
        var done = new CountDownLatch(1);
        var changer = system.actorOf(Changer.props(replicator, count, WINDOW, update,
                done::countDown));
        done.await();
        system.stop(changer);
    }

    @Override
    public void whenSeen(String element, LongConsumer seen) {
        awaited.put(element, seen);
    }

    private void look() {
        if (awaited.isEmpty()) {
            return;
        }
        var set = get(SET);
        if (set != null) {
            var now = System.nanoTime();
            awaited.forEach((element, seen) -> {
                if (set.contains(element) && awaited.remove(element, seen)) {
                    seen.accept(now);
                }
            });
        }
    }

    @Override
    public int setSize() {
        var set = get(SET);
        return set == null ? 0 : set.size();
    }

    /// Registers come in any order; they are looked at one after the other.
    @Override
    public int registerCount() {
        while (get(LWWRegisterKey.<String>create(REGISTER + registers)) != null) {
            registers++;
        }
        return registers;
    }

    @SuppressWarnings("unchecked") // it answers about the key it was asked for
    private <T extends ReplicatedData> @Nullable T get(Key<T> key) {
        var answer = Patterns.ask(replicator, new Replicator.Get<>(key, Replicator.readLocal()),
                PATIENCE).toCompletableFuture().join();
        return answer instanceof Replicator.GetSuccess<?> found
                ? ((Replicator.GetSuccess<T>) found).get(key)
                : null;
    }

    @Override
    public long sentBytes() {
        return SentBytes.sum();
    }

    @Override
    public void close() {
        looking.shutdownNow();
        system.terminate();
    }
}
