package io.macula.actors.cluster;

import io.macula.actors.identity.NodeKey;
import io.macula.actors.identity.Realm;
import io.macula.supervision.Supervision;
import io.macula.supervision.Supervisor;
import io.macula.supervision.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;

/// Members of one Cluster in this JVM, each with a tree of its own, between which the network may be
/// cut.
final class Seats implements AutoCloseable {

    static final String TREE = "node";

    /// Short times, so that a partition is noticed within a test.
    private static final Duration SILENCE = Duration.ofMillis(1_500);
    private static final Duration STABLE = Duration.ofSeconds(1);

    /// A node with nothing but its seat.
    static final class Sitting {

        final NodeKey key = NodeKey.generate();
        final ClusterSeat seat;
        final ClusterAddress address;
        final ActorSystem<Supervisor.Command> system;

        Sitting(int port, List<ClusterAddress> seeds) {
            address = new ClusterAddress("127.0.0.1", Math.max(port, 1));
            seat = ClusterSeat.of(
                    ClusterSettings.onLoopback("seats", port, seeds).withTimes(SILENCE, STABLE),
                    key, Realm.open("seats"), Wires::taken);
            system = ActorSystem.create(Supervisor.root(TREE,
                    Supervisor.oneForOne().supervisor(ClusterSystem.ID, ClusterSystem.spec(seat))),
                    "node");
        }

        ClusterView view() {
            return seat.membership().view();
        }

        /// True while exactly these are full members and in reach.
        boolean sees(List<Sitting> others) {
            var view = view();
            return view.isUp() && view.members().size() == others.size()
                    && view.members()
                            .stream()
                            .allMatch(member -> member.status().equals("up")
                                    && member.isReachable());
        }

        void end() {
            system.terminate();
            system.getWhenTerminated()
                    .toCompletableFuture()
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
            seat.abandon();
        }

        void crash() {
            Supervision.of(system)
                    .crash(TreePath.parse(
                            TREE + "/" + ClusterSystem.ID + "/" + ClusterMember.KEY.id()),
                            new IllegalStateException("on purpose"));
        }

        int generation() {
            return Supervision.of(system)
                    .snapshot(TreePath.parse(
                            TREE + "/" + ClusterSystem.ID + "/" + ClusterMember.KEY.id()))
                    .orElseThrow()
                    .generation();
        }
    }

    final List<Sitting> all = new ArrayList<>();
    private final List<ClusterAddress> seeds;

    /// @param count members, all of them seeds
    Seats(int count) {
        seeds = freePorts(count).stream()
                .map(port -> new ClusterAddress("127.0.0.1", port))
                .toList();
        seeds.forEach(seed -> all.add(new Sitting(seed.port(), seeds)));
    }

    boolean isWhole() {
        return all.stream().allMatch(each -> each.sees(all));
    }

    /// From now on none of these hears any of the rest, nor they it.
    void cut(Sitting... some) {
        between(List.of(some), Wires::cut);
    }

    void heal(Sitting... some) {
        between(List.of(some), Wires::heal);
    }

    private void between(List<Sitting> some, Wires.Act act) {
        for (var one : some) {
            for (var other : all) {
                if (!some.contains(other)) {
                    act.on(one.address, other.address);
                    act.on(other.address, one.address);
                }
            }
        }
    }

    static List<Integer> freePorts(int count) {
        var sockets = new ArrayList<ServerSocket>();
        try {
            for (var number = 0; number < count; number++) {
                sockets.add(free());
            }
            var ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
            for (var socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Below those that the kernel hands out to others while nobody is bound to it: another module's
    /// tests may run meanwhile.
    private static ServerSocket free() throws IOException {
        while (true) {
            try {
                return new ServerSocket(ThreadLocalRandom.current().nextInt(12_000, 30_000), 1,
                        InetAddress.getLoopbackAddress());
            } catch (BindException _) {
                // somebody has it; on to another one
            }
        }
    }

    @Override
    public void close() {
        all.forEach(Sitting::end);
        Wires.forget();
    }
}
