package io.macula.it.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.app.Topics;
import io.macula.it.Mesh;
import io.macula.runtime.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Twenty peers, 2 000 messages a second and calls between all of them, while every half second
/// some process crashes. Runs 42 s, which is the heap at the same point of three swings, or as long as
/// `-Dmacula.soak.seconds` says, from 32 s on.
class SoakIT {

    private static final int PEERS = 20;
    private static final int MESSAGES_PER_SECOND = 2_000;
    private static final int CALLS_PER_SECOND = 100;
    private static final int SECONDS = Math.max(32, Integer.getInteger("macula.soak.seconds", 42));
    private static final long SEED = Long.getLong("macula.soak.seed", 42);
    private static final Duration CRASH_EVERY = Duration.ofMillis(500);

    /// A node remembers the ids of messages for 10 s to 20 s and then forgets those of 10 s at once:
    /// only samples at the same point of that swing can be compared.
    private static final long SWING_NANOS = Duration.ofSeconds(10).toNanos();

    private static final long SAMPLED_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long EXPLAINED_WITHIN_NANOS = Duration.ofSeconds(5).toNanos();

    private final List<Node> nodes = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);

    @AfterEach
    void stopTheMesh() {
        timer.shutdownNow();
        nodes.reversed().forEach(Node::close);
    }

    @Test
    void losesOnlyWhatACrashExplainsAndDeliversNothingTwice() throws Exception {
        startTheMesh();
        var ledgers = subscribeEverybody();
        serveEverywhere();
        var calls = new Calls();
        var crasher = new Crasher(nodes, SEED);
        var heap = new HeapTrend();

        var publishing = timer.scheduleAtFixedRate(new Publishing(ledgers), 0,
                1_000 * PEERS / MESSAGES_PER_SECOND, TimeUnit.MILLISECONDS);
        var calling = timer.scheduleAtFixedRate(new Calling(calls), 0, 1_000 / CALLS_PER_SECOND,
                TimeUnit.MILLISECONDS);
        crashFor(Duration.ofSeconds(SECONDS), crasher, heap);
        publishing.cancel(false);
        calling.cancel(false);
        Awaitility.await("every call ends")
                .atMost(Duration.ofSeconds(20))
                .until(() -> calls.open() == 0);
        Awaitility.await("nothing is still under way")
                .atMost(Duration.ofSeconds(30))
                .until(new Quiet(ledgers)::isQuiet);

        report(ledgers, calls, crasher, heap);
        assertThat(calls.endedAgain()).as("calls that ended twice").isZero();
        assertThat(calls.wrong()).as("answers to another call").isZero();
        assertThat(calls.outcomes()).as("most calls succeed").containsKey("Ok");
        assertThat(ledgers.stream().mapToLong(Ledger::twice).sum()).as("delivered twice")
                .isZero();
        assertThat(unexplained(ledgers, crasher)).as("missing without a crash on the path")
                .isEmpty();
        assertThat(heap.growth()).as("heap after full collections").isLessThan(0.05);

        aPeerSystemThatGivesUpComesBack();
    }

    /// One window exceeded on purpose: the peer_system gives up, is gone, and is started again.
    private void aPeerSystemThatGivesUpComesBack() {
        var peer = nodes.get(1);
        var system = peerSystem(peer).orElseThrow();
        var path = "macula/peers/" + system.id() + "/connection";
        var limits = Objects.requireNonNull(system.limits());
        var crashes = limits.limit() + 1;

        for (var i = 0; i < crashes; i++) {
            var before = generation(peer);
            peer.crash(path);
            Awaitility.await("crash " + i)
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> generation(peer) != before);
        }
        Awaitility.await("a new peer_system")
                .atMost(Duration.ofSeconds(30))
                .until(() -> peerSystem(peer).filter(now -> now.since().isAfter(system.since()))
                        .filter(now -> generationOf(now) < crashes)
                        .isPresent());

        Awaitility.await("calls work again")
                .atMost(Duration.ofSeconds(30))
                .until(() -> call(peer, "soak.echo.2") instanceof Rpc.Outcome.Ok);
    }

    private static Rpc.Outcome call(Node from, String procedure) {
        return from.rpc()
                .call(procedure, Payload.of("1"), Rpc.CallOptions.DEFAULT)
                .toCompletableFuture()
                .join();
    }

    /// Generation of `connection`, or 0 while there is none.
    private static int generation(Node peer) {
        return peerSystem(peer).map(SoakIT::generationOf).orElse(0);
    }

    private static int generationOf(io.macula.supervision.Node system) {
        return system.children().isEmpty() ? 0 : system.children().getFirst().generation();
    }

    private static Optional<io.macula.supervision.Node> peerSystem(Node peer) {
        return peer.trees()
                .getFirst()
                .children()
                .stream()
                .filter(child -> child.id().equals("peers"))
                .flatMap(peers -> peers.children().stream())
                .findFirst();
    }

    private void startTheMesh() {
        nodes.add(Mesh.gateway());
        for (var i = 1; i <= PEERS; i++) {
            nodes.add(Mesh.peerOf(nodes.getFirst(), "peer" + i));
        }
        for (var node : nodes) {
            assertThat(node.joined(Mesh.PATIENCE).toCompletableFuture().join())
                    .isInstanceOf(Node.Joined.Connected.class);
        }
    }

    /// Peer `p` publishes `soak.p`, and two others listen.
    private List<Ledger> subscribeEverybody() {
        var ledgers = new ArrayList<Ledger>();
        for (var publisher = 1; publisher <= PEERS; publisher++) {
            var subscribers = List.of(publisher % PEERS + 1, (publisher + 6) % PEERS + 1);
            var ledger = new Ledger(publisher, subscribers,
                    (SECONDS + 60) * MESSAGES_PER_SECOND / PEERS);
            ledgers.add(ledger);
            for (var subscriber : subscribers) {
                var subscribed = (Topics.Subscribed.Active) nodes.get(subscriber)
                        .topics()
                        .subscribe("soak." + publisher + ".*", message -> ledger.heard(subscriber,
                                Integer.parseInt(message.payload().text())));
                subscribed.subscription().confirmed().toCompletableFuture().join();
            }
        }
        return ledgers;
    }

    private void serveEverywhere() {
        for (var peer = 1; peer <= PEERS; peer++) {
            var served = (Rpc.Served.Active) nodes.get(peer)
                    .rpc()
                    .serve("soak.echo." + peer,
                            Rpc.Answer.Result::new);
            served.registration().confirmed().toCompletableFuture().join();
        }
    }

    private static void crashFor(Duration time, Crasher crasher, HeapTrend heap)
            throws InterruptedException {
        var begin = System.nanoTime();
        var tick = new Semaphore(0);
        for (var elapsed = 0L; elapsed < time.toNanos(); elapsed = System.nanoTime() - begin) {
            crasher.crashOne();
            if (elapsed >= 2 * SWING_NANOS && elapsed % SWING_NANOS < SAMPLED_NANOS) {
                heap.sample();
            }
            tick.tryAcquire(CRASH_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static List<Ledger.Missing> unexplained(List<Ledger> ledgers, Crasher crasher) {
        return ledgers.stream()
                .flatMap(ledger -> ledger.missing().stream())
                .filter(missing -> !crasher.explains(
                        List.of(0, missing.publisher(), missing.subscriber()),
                        missing.sentAtNanos(), EXPLAINED_WITHIN_NANOS))
                .toList();
    }

    private static void report(List<Ledger> ledgers, Calls calls, Crasher crasher,
            HeapTrend heap) {
        var sent = ledgers.stream().mapToLong(Ledger::sentCount).sum();
        var heard = ledgers.stream().mapToLong(Ledger::heardCount).sum();
        var twice = ledgers.stream().mapToLong(Ledger::twice).sum();
        System.out.printf("soak: seed %d, %d s, %d crashes, %d messages sent, %d deliveries of %d,"
                + " %d missing, %d twice%n", SEED, SECONDS, crasher.crashes().size(), sent, heard,
                2 * sent, 2 * sent - heard, twice);
        System.out.printf("soak: %d calls, %s%n", calls.begun(), calls.outcomes());
        System.out.printf("soak: heap %s%n", heap);
    }

    /// Every peer publishes its next number; what no link takes was not sent.
    private final class Publishing implements Runnable {

        private final List<Ledger> ledgers;

        Publishing(List<Ledger> ledgers) {
            this.ledgers = ledgers;
        }

        @Override
        public void run() {
            for (var peer = 1; peer <= PEERS; peer++) {
                var ledger = ledgers.get(peer - 1);
                var sequence = ledger.next(System.nanoTime());
                var published = nodes.get(peer)
                        .topics()
                        .publish("soak." + peer + ".n",
                                Payload.of(Integer.toString(sequence)));
                if (published instanceof Topics.Published.Sent) {
                    ledger.sent(sequence);
                }
            }
        }
    }

    /// One call between two peers, each pair in its turn.
    private final class Calling implements Runnable {

        private final Calls calls;
        private int turn;

        Calling(Calls calls) {
            this.calls = calls;
        }

        @Override
        public void run() {
            turn++;
            var from = turn % PEERS + 1;
            var to = turn / PEERS % PEERS + 1;
            calls.call(nodes.get(from), "soak.echo." + to, turn);
        }
    }

    /// Whether the number of deliveries has stood still since it was last asked.
    private static final class Quiet {

        private final List<Ledger> ledgers;
        private long last = -1;

        Quiet(List<Ledger> ledgers) {
            this.ledgers = ledgers;
        }

        boolean isQuiet() {
            var now = ledgers.stream().mapToLong(Ledger::heardCount).sum();
            var quiet = now == last;
            last = now;
            return quiet;
        }
    }
}
