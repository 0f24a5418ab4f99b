package io.macula.actors.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.crdt.Bytes;
import io.macula.crdt.Edit;
import io.macula.crdt.OrMap;
import io.macula.crdt.replicator.Now;
import io.macula.dht.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.typed.ActorRef;
import org.awaitility.Awaitility;

/// Nodes in one place whose replicators talk over a network that the test cuts and mends; time passes
/// only while the test waits.
final class StateNet implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long WALL_MILLIS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
    private final ManualTime time = ManualTime.get(kit.system());
    private final AtomicLong millis = new AtomicLong(1_000);
    private final List<Member> members = new CopyOnWriteArrayList<>();
    private final Set<Set<Member>> cuts = ConcurrentHashMap.newKeySet();

    /// A node whose process runs.
    Member join(int number) {
        return join(number, StateConfig.DEFAULT, StateKeeper.forgetful());
    }

    Member join(int number, StateConfig config, StateKeeper keeper) {
        var member = new Member(number, config, keeper);
        members.add(member);
        member.start();
        members.forEach(each -> each.shared.peersChanged());
        return member;
    }

    void cut(Member one, Member other) {
        cuts.add(Set.of(one, other));
    }

    void mend() {
        cuts.clear();
    }

    /// Lets time pass until it is so.
    void until(BooleanSupplier condition) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(() -> {
            if (condition.getAsBoolean()) {
                return true;
            }
            pass(Duration.ofMillis(250));
            return condition.getAsBoolean();
        });
    }

    /// Costs a tenth of a second of real time, which the scheduler of the test kit takes.
    void pass(Duration span) {
        millis.addAndGet(span.toMillis());
        time.timePasses(span);
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
        members.forEach(member -> member.shared.close());
    }

    /// One node.
    final class Member implements StateChannel {

        final SharedState shared;
        final StateCounters counters = new StateCounters();
        final List<String> faults = new ArrayList<>();
        private final NodeId id;
        private final int number;
        private final CountDownLatch gate = new CountDownLatch(1);
        private ActorRef<StateReplicator.Command> process;

        private Member(int number, StateConfig config, StateKeeper keeper) {
            var bytes = new byte[NodeId.SIZE_BYTES];
            bytes[0] = (byte) number;
            this.id = NodeId.of(bytes);
            this.number = number;
            this.shared = new SharedState(
                    new SharedState.Parts(id, config, keeper, counters, Runnable::run));
            this.process = kit.<StateReplicator.Command>createTestProbe().ref();
            shared.prefer(this);
        }

        NodeId id() {
            return id;
        }

        /// The process runs from here on, once more perhaps.
        void start() {
            var parts = new StateReplicator.Parts(shared,
                    () -> new Now(millis.get(), WALL_MILLIS + millis.get()), new Random(number),
                    faults::add);
            var ready = new AtomicBoolean();
            process = kit.spawn(StateReplicator.create(parts, () -> ready.set(true)));
            shared.attach(process);
            until(ready::get);
        }

        /// The process fails in the middle of its work.
        void crash() {
            var watcher = kit.createTestProbe();
            var _ = shared.update(List.of((_, _) -> {
                throw new AssertionError("a crash, as the test wants it");
            }));
            watcher.expectTerminated(process, PATIENCE);
        }

        /// The process is busy until [#release]: it sits in the function of a change.
        void hold() {
            var isHeld = new CountDownLatch(1);
            var _ = shared.update(List.of((_, _) -> {
                isHeld.countDown();
                await(gate);
                return OrMap.EMPTY;
            }));
            await(isHeld);
        }

        void release() {
            gate.countDown();
        }

        void stop() {
            kit.stop(process);
        }

        OrMap values() {
            return shared.values();
        }

        /// Makes changes and waits for the answer.
        Outcome update(Edit... edits) {
            var answer = shared.update(List.of(edits)).toCompletableFuture();
            until(answer::isDone);
            return answer.join();
        }

        @Override
        public Set<NodeId> peers() {
            return members.stream()
                    .filter(other -> other != this && !cuts.contains(Set.of(this, other)))
                    .map(Member::id)
                    .collect(Collectors.toSet());
        }

        @Override
        public Sent send(NodeId to, Bytes frame) {
            for (var other : members) {
                if (other.id.equals(to) && peers().contains(to)) {
                    other.shared.arrived(id, frame);
                    return Sent.QUEUED;
                }
            }
            return Sent.CLOSED;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static <T> T get(java.util.concurrent.CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
}
