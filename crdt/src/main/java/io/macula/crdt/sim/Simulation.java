package io.macula.crdt.sim;

import io.macula.crdt.Bytes;
import io.macula.crdt.replicator.Durable;
import io.macula.crdt.replicator.Effect;
import io.macula.crdt.replicator.Event;
import io.macula.crdt.replicator.Now;
import io.macula.crdt.replicator.Replicator;
import io.macula.crdt.replicator.Updated;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;

/// Runs one simulation from its seed.
public final class Simulation {

    private static final long WALL_START_MILLIS = Instant.parse("2026-01-01T00:00:00Z")
            .toEpochMilli();
    private static final int FLUSH_MILLIS = 200;
    private static final int CHECK_MILLIS = 5_000;
    private static final long IDLE_SECONDS = 10;
    /// Longest wait for convergence after the last fault.
    private static final int HEAL_MILLIS_MAX = 300_000;

    private final SimConfig config;
    private final SplittableRandom random;
    private final PriorityQueue<Task> tasks = new PriorityQueue<>(
            Comparator.comparingLong(Task::atMillis).thenComparingLong(Task::number));
    private final List<SimNode> nodes = new ArrayList<>();
    private final SimNetwork network;
    private final Saboteur saboteur;
    private final Ledger ledger = new Ledger();
    private final Tally tally = new Tally();
    private long nowMillis;
    private long taskNumber;
    private String violation = "";

    private record Task(long atMillis, long number, Runnable action) {}

    private Simulation(SimConfig config) {
        this.config = config;
        this.random = new SplittableRandom(config.seed());
        this.network = new SimNetwork(config.loss(), random.split());
        this.saboteur = new Saboteur(config);
        for (long id = 1; id <= config.replicas(); id++) {
            nodes.add(new SimNode(id, anyClockError()));
        }
    }

    public static SimReport run(SimConfig config) {
        return new Simulation(config).run();
    }

    private SimReport run() {
        long troubleMillis = 10_000L + config.ops() * 6L;
        nodes.forEach(this::start);
        scheduleOps(troubleMillis);
        scheduleFaults(troubleMillis);
        schedule(CHECK_MILLIS, this::checkRegularly);
        runUntil(() -> nowMillis >= troubleMillis);
        var healedMillis = nowMillis;
        runUntil(() -> nowMillis >= healedMillis + HEAL_MILLIS_MAX || isConverged());
        var converged = violation.isEmpty() && isConverged();
        var healMillis = nowMillis - healedMillis;
        if (converged) {
            idle();
        }
        check();
        for (var node : nodes) {
            fail(node.isUp()
                    ? ledger.lostAcknowledged(node.replicator().store())
                    : Optional.empty());
        }
        fail(tally.overBudget());
        return tally.report(converged, fingerprints(), healMillis, entries(), violation);
    }

    private void idle() {
        var endMillis = nowMillis + IDLE_SECONDS * 1_000;
        tally.idleBegins();
        runUntil(() -> nowMillis >= endMillis);
        tally.idleEnds(nodes.size(), IDLE_SECONDS);
    }

    private interface Condition {
        boolean holds();
    }

    private void runUntil(Condition condition) {
        while (violation.isEmpty() && !tasks.isEmpty() && !condition.holds()) {
            var task = tasks.remove();
            nowMillis = task.atMillis();
            task.action().run();
        }
    }

    private void schedule(long inMillis, Runnable action) {
        tasks.add(new Task(nowMillis + inMillis, taskNumber++, action));
    }

    private void scheduleOps(long withinMillis) {
        for (int i = 0; i < config.ops(); i++) {
            var node = nodes.get(random.nextInt(nodes.size()));
            schedule(random.nextLong(withinMillis), () -> update(node));
        }
    }

    private void scheduleFaults(long withinMillis) {
        for (int i = 0; i < config.partitions(); i++) {
            long at = random.nextLong(withinMillis);
            long until = Math.min(withinMillis, at + 2_000 + random.nextLong(18_000));
            schedule(at, () -> {
                network.part(nodes.stream().map(node -> node.id).toList(), until);
                tally.parted();
            });
        }
        for (int i = 0; i < config.crashes(); i++) {
            var node = nodes.get(random.nextInt(nodes.size()));
            var losesDisk = i % 5 == 4;
            long at = random.nextLong(withinMillis);
            long back = Math.min(withinMillis, at + 500 + random.nextLong(5_000));
            schedule(at, () -> crash(node, losesDisk));
            schedule(back, () -> start(node));
        }
        for (var node : nodes) {
            schedule(random.nextLong(withinMillis), () -> node.clockErrorMillis = anyClockError());
        }
    }

    private long anyClockError() {
        var skewMillis = config.skew().toMillis();
        return random.nextLong(2 * skewMillis + 1) - skewMillis;
    }

    private void start(SimNode node) {
        if (node.isUp()) {
            return;
        }
        var image = node.disk.read().map(saboteur::tampered);
        node.run(image.map(found -> Replicator.restored(config.replicator(), found))
                .orElseGet(() -> Replicator.fresh(config.replicator(), node.id, random)));
        tally.log(nowMillis, node.id, "up " + node.replicator().self());
        handle(node, new Event.PeersAre(peersOf(node)));
    }

    private Set<Long> peersOf(SimNode node) {
        var peers = new HashSet<Long>();
        nodes.stream().filter(other -> other != node).forEach(other -> peers.add(other.id));
        return peers;
    }

    private void crash(SimNode node, boolean losesDisk) {
        if (!node.isUp()) {
            return;
        }
        node.stop();
        tally.crashed(node.disk.crash(random), losesDisk);
        if (losesDisk) {
            node.disk.wipe();
            ledger.diskLost(node.id);
        }
        tally.log(nowMillis, node.id, "crash");
    }

    private void update(SimNode node) {
        if (node.isUp()) {
            handle(node, new Event.Update(taskNumber, Workload.anyUpdate(random)));
        } else {
            tally.busy++;
        }
    }

    private long wallMillis(SimNode node) {
        return WALL_START_MILLIS + nowMillis + node.clockErrorMillis;
    }

    private void handle(SimNode node, Event event) {
        var step = node.replicator().handle(event, new Now(nowMillis, wallMillis(node)), random);
        node.run(step.next());
        step.effects().forEach(effect -> perform(node, effect));
        var wakeAt = step.next().wakeAtMillis();
        if (node.setsAlarm(wakeAt) && wakeAt < Long.MAX_VALUE) {
            int life = node.life;
            schedule(Math.max(0, wakeAt - nowMillis), () -> {
                if (node.life == life && node.isUp() && node.isAlarm(wakeAt)) {
                    node.alarmRang();
                    handle(node, new Event.Woke());
                }
            });
        }
    }

    private void perform(SimNode node, Effect effect) {
        switch (effect) {
            case Effect.Send(var peer, var frame) -> {
                for (var sent : saboteur.tampered(node.replicator(), peer, frame)) {
                    send(node, peer, sent);
                }
            }
            case Effect.Persist(var write) -> persist(node, write);
            case Effect.Reply(_, Updated.Done(var version)) -> {
                tally.ops++;
                if (config.replicator().sync()) {
                    ledger.acknowledged(version.dots());
                }
            }
            case Effect.Reply(_, Updated.Busy _) -> tally.busy++;
            case Effect.Reply _,Effect.Notify _ -> {
            }
            case Effect.Noticed(var notice) -> tally.log(nowMillis, node.id, notice.toString());
        }
    }

    private void send(SimNode from, long to, Bytes frame) {
        var delays = network.delays(from.id, to, nowMillis);
        tally.sent(nowMillis, from.id, to, frame, delays.isEmpty());
        var receiver = nodes.get((int) to - 1);
        for (var delay : delays) {
            schedule(delay, () -> {
                if (receiver.isUp()) {
                    handle(receiver, new Event.FrameArrived(from.id, frame));
                }
            });
        }
    }

    private void persist(SimNode node, Durable.Write write) {
        for (var batch : write.logged()) {
            if (batch.first().replica().equals(write.meta().self())) {
                tally.wrote(batch.first().replica());
                fail(ledger.made(batch));
            }
        }
        var isFirst = !node.disk.hasCached();
        node.disk.write(write);
        if (write.now() || isFirst) {
            int life = node.life;
            schedule(write.now() ? 1 + random.nextInt(10) : FLUSH_MILLIS, () -> flush(node, life));
        }
    }

    private void flush(SimNode node, int life) {
        if (node.life == life && node.isUp() && node.disk.hasCached()) {
            var number = node.disk.lastCached();
            node.disk.flush(number);
            handle(node, new Event.Persisted(number));
        }
    }

    private void checkRegularly() {
        check();
        schedule(CHECK_MILLIS, this::checkRegularly);
    }

    private void check() {
        for (var node : nodes) {
            if (node.isUp()) {
                fail(ledger.check(node.replicator().store())
                        .map(wrong -> "node " + node.id + ": " + wrong));
            }
        }
    }

    private void fail(Optional<String> wrong) {
        if (violation.isEmpty()) {
            violation = wrong.orElse("");
        }
    }

    private boolean isConverged() {
        if (!nodes.stream().allMatch(SimNode::isUp)) {
            return false;
        }
        var first = nodes.getFirst().replicator();
        return nodes.stream()
                .map(SimNode::replicator)
                .allMatch(
                        other -> other.fingerprint().equals(first.fingerprint())
                                && other.store().seen().equals(first.store().seen()));
    }

    private List<String> fingerprints() {
        return nodes.stream()
                .map(node -> node.isUp()
                        ? node.replicator().fingerprint().fingerprint().hex()
                        : "down")
                .toList();
    }

    private int entries() {
        return nodes.stream()
                .filter(SimNode::isUp)
                .mapToInt(node -> node.replicator().store().size())
                .max()
                .orElse(0);
    }
}
