package io.macula.coordination.raft;

import io.macula.coordination.state.Command;
import io.macula.coordination.wire.CommandCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SnapshotManagementRequest;
import org.apache.ratis.rpc.CallId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.ExitUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One voter of a group: its log on disk, its copy of the state. Starting and closing block.
public final class Voter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Voter.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration SNAPSHOT_PATIENCE = Duration.ofSeconds(10);

    private final VoterConfig config;
    private final RaftServer server;
    private final AgreedState agreed;
    private final LeaderClock clock;
    private final ClientId own = ClientId.randomId();
    private final Leaderless leaderless;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("coordination-voter").factory());

    private Voter(VoterConfig config) throws IOException {
        this.config = config;
        clock = new LeaderClock(System::nanoTime);
        agreed = new AgreedState(clock);
        leaderless = new Leaderless(config.profile().max().multipliedBy(2));
        server = RaftServer.newBuilder()
                .setServerId(RaftPeerId.valueOf(config.self().id()))
                .setProperties(RatisSettings.server(config))
                .setParameters(TransportParameters.of(config.transport()))
                .setStateMachine(agreed)
                .setOption(RaftStorage.StartupOption.RECOVER)
                .setGroup(group(config))
                .build();
    }

    /// Starts a voter.
    ///
    /// @throws IllegalStateException
    ///             if the directory contradicts [VoterConfig#beginning()]; nothing was started
    /// @throws UncheckedIOException
    ///             if the port or the directory cannot be used, or what is on disk cannot be read
    public static Voter start(VoterConfig config) {
        RatisProcess.isAGuest();
        check(config);
        try {
            Files.createDirectories(config.directory());
            var voter = new Voter(config);
            voter.begin();
            var _ = voter.looks.scheduleWithFixedDelay(voter::look, LOOK_EVERY.toMillis(),
                    LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
            return voter;
        } catch (IOException e) {
            throw new UncheckedIOException("voter " + config.self() + " did not start", e);
        }
    }

    /// Founds a group of its own with `config`, has it decide something, and ends it, so that all that takes
    /// part is loaded and the first real start and election are quick, which in a cold process take seconds. Leaves files
    /// in the directory. Blocks.
    ///
    /// @param config
    ///            forms a group of one voter
    /// @return whether it was decided within `timeout`
    /// @throws UncheckedIOException
    ///             if the port or the directory cannot be used
    public static boolean rehearse(VoterConfig config, Duration timeout) {
        try (var _ = start(config);
                var way = RatisVoters.of(config.set(), config.transport(), config.self().id())) {
            return way.decide(new Command.Tick(), timeout).isPresent();
        }
    }

    private void begin() throws IOException {
        try {
            server.start();
        } catch (ExitUtils.ExitException e) {
            giveUp();
            throw new IOException(e.getMessage(), e);
        } catch (CompletionException e) {
            giveUp();
            throw new IOException(e.getCause() == null ? e : e.getCause());
        } catch (IOException e) {
            giveUp();
            throw e;
        }
    }

    /// Ratis keeps its lock on the directory of a group that it could not start.
    private void giveUp() throws IOException {
        var division = division();
        close();
        if (division.isPresent()) {
            division.get().getRaftStorage().close();
        }
    }

    private static void check(VoterConfig config) {
        boolean holds = holdsGroup(config);
        switch (config.beginning()) {
            case FORM, JOIN -> {
                if (holds) {
                    throw new IllegalStateException(config.directory()
                            + " holds this group already: resume it");
                }
            }
            case RESUME -> {
                if (!holds) {
                    throw new IllegalStateException(config.directory()
                            + " does not hold this group: a voter that lost its disk must not vote under its old id");
                }
            }
        }
    }

    /// Whether there is something to [Beginning#RESUME].
    public static boolean holdsGroup(VoterConfig config) {
        return holdsGroup(config.directory(), config.group());
    }

    /// Whether a voter with this directory has something of `group` to [Beginning#RESUME].
    public static boolean holdsGroup(Path directory, UUID group) {
        return Files.exists(directory.resolve(group.toString())
                .resolve("current")
                .resolve("raft-meta"));
    }

    private static RaftGroup group(VoterConfig config) {
        return config.beginning() == Beginning.FORM
                ? config.set().toGroup()
                : RaftGroup.valueOf(config.set().groupId(), List.of());
    }

    public VoterAddress self() {
        return config.self();
    }

    /// Whether it believed to lead when it last heard of a majority; true for two at once while one is
    /// cut off. To be shown, not to be acted on.
    public boolean seemsToLead() {
        return division().map(division -> division.getInfo().isLeaderReady()).orElse(false);
    }

    /// Whom it takes for the leader; empty while it knows none.
    public Optional<String> supposedLeader() {
        return division().map(division -> division.getInfo().getLeaderId())
                .map(RaftPeerId::toString);
    }

    /// Whether it still takes part. One that does not has to be closed and started again.
    public boolean isAlive() {
        return division().map(division -> division.getInfo().isAlive()).orElse(false);
    }

    /// Who votes, as of the last change that it knows a majority has confirmed; empty before it has heard
    /// of any.
    public Optional<Electorate> electorate() {
        return division().flatMap(division -> {
            var configuration = division.getRaftConf();
            long index = configuration.getLogEntryIndex();
            var peers = configuration.getCurrentPeers();
            boolean isConfirmed = index <= division.getRaftLog().getLastCommittedIndex()
                    && configuration.getPreviousPeers().isEmpty();
            return isConfirmed && !peers.isEmpty()
                    ? Optional.of(new Electorate(config.group(), Math.max(0, index),
                            peers.stream()
                                    .map(VoterAddress::of)
                                    .sorted(Comparator.comparing(VoterAddress::id))
                                    .toList()))
                    : Optional.empty();
        });
    }

    /// Over what it takes for agreed, SHA-256 in hex. Voters that have applied the same entries of the log have the same one; two
    /// that keep different ones while nobody asks for anything do not agree, which must not happen.
    public String sum() {
        return agreed.sum();
    }

    /// Writes its state to disk and forgets the log before it, as it does by itself every 10 000 entries.
    ///
    /// @throws UncheckedIOException
    ///             if that fails
    public void takeSnapshot() {
        try {
            server.snapshotManagement(SnapshotManagementRequest
                    .newCreate(own, server.getId(), config.set().groupId(),
                            CallId.getAndIncrement(),
                            SNAPSHOT_PATIENCE.toMillis(), 1));
        } catch (IOException e) {
            throw new UncheckedIOException("no snapshot of " + config.self(), e);
        }
    }

    private Optional<RaftServer.Division> division() {
        try {
            return Optional.of(server.getDivision(config.set().groupId()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void look() {
        try {
            if (seemsToLead()) {
                endOverdueSessions();
            }
            if (leaderless.look(supposedLeader().isPresent(), System.nanoTime())) {
                reconnect();
            }
        } catch (IOException | RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("voter", config.self().id())
                    .setCause(e)
                    .log("looking after the coordination group failed");
        }
    }

    /// Sessions end by an entry of the log; without requests somebody has to write one.
    private void endOverdueSessions() throws IOException {
        var now = clock.now();
        var next = agreed.state().nextDeadline();
        if (next.isPresent() && next.get().compareTo(now) <= 0) {
            var tick = Message
                    .valueOf(ByteString.copyFrom(CommandCodec.encode(new Command.Tick())));
            var _ = server.submitClientRequestAsync(RaftClientRequest.newBuilder()
                    .setClientId(own)
                    .setServerId(server.getId())
                    .setGroupId(config.set().groupId())
                    .setCallId(CallId.getAndIncrement())
                    .setMessage(tick)
                    .setType(RaftClientRequest.writeRequestType())
                    .build());
        }
    }

    /// After a long cut connections wait up to two minutes before they try again; not these.
    private void reconnect() {
        division().ifPresent(division -> division.getGroup()
                .getPeers()
                .stream()
                .filter(peer -> !peer.getId().equals(server.getId()))
                .forEach(peer -> server.getServerRpc()
                        .handleException(peer.getId(),
                                new IOException("no leader for long"), true)));
    }

    @Override
    public void close() {
        looks.shutdownNow();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("voter " + config.self() + " did not close", e);
        }
    }
}
