package io.macula.coordination.raft;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/// Voters of one group in this process, on free ports, each with a directory of its own. They have the
/// patience that a busy machine needs.
final class RunningVoters implements AutoCloseable {

    private final Path directory;
    private final UUID group = UUID.randomUUID();
    private final List<VoterAddress> addresses;
    private final Function<String, Transport> transports;
    private final Map<String, Voter> running = new TreeMap<>();

    RunningVoters(Path directory, int size, Function<String, Transport> transports) {
        this.directory = directory;
        this.transports = transports;
        addresses = addresses(size);
    }

    static RunningVoters plain(Path directory, int size) {
        return new RunningVoters(directory, size, _ -> new Transport.Plain());
    }

    /// As many free ports at a time, so that no two are the same.
    private static List<VoterAddress> addresses(int size) {
        var sockets = new ArrayList<ServerSocket>();
        try {
            for (int i = 0; i < size; i++) {
                sockets.add(free());
            }
            var addresses = new ArrayList<VoterAddress>();
            for (var socket : sockets) {
                addresses.add(VoterAddress.loopback("n" + addresses.size(), socket.getLocalPort()));
                socket.close();
            }
            return addresses;
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
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

    VoterSet set(int size) {
        return new VoterSet(group, addresses.subList(0, size));
    }

    VoterConfig config(int index, VoterSet set, Beginning beginning) {
        var self = addresses.get(index);
        return new VoterConfig(self, set, directory.resolve(self.id()), beginning,
                ElectionProfile.EDGE, transports.apply(self.id()));
    }

    void start(int index, VoterSet set, Beginning beginning) {
        running.put("n" + index, Voter.start(config(index, set, beginning)));
    }

    /// All at once, as processes would.
    void startAll(VoterSet set, Beginning beginning) {
        for (int i = 0; i < set.voters().size(); i++) {
            start(i, set, beginning);
        }
    }

    Voter voter(int index) {
        return Objects.requireNonNull(running.get("n" + index));
    }

    void stop(int index) {
        voter(index).close();
        running.remove("n" + index);
    }

    int awaitLeader() {
        await().atMost(Duration.ofSeconds(60)).until(() -> leader() >= 0);
        return leader();
    }

    private int leader() {
        for (var voter : running.values()) {
            if (voter.seemsToLead()) {
                return Integer.parseInt(voter.self().id().substring(1));
            }
        }
        return -1;
    }

    RatisVoters client(VoterSet set, String name) {
        return RatisVoters.of(set, transports.apply(name), set.voters().getFirst().id());
    }

    @Override
    public void close() {
        List.copyOf(running.values()).forEach(Voter::close);
        running.clear();
    }
}
