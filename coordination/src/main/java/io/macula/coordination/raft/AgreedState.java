package io.macula.coordination.raft;

import io.macula.coordination.state.Query;
import io.macula.coordination.state.Reply;
import io.macula.coordination.state.State;
import io.macula.coordination.wire.CommandCodec;
import io.macula.coordination.wire.Decoded;
import io.macula.coordination.wire.EntryCodec;
import io.macula.coordination.wire.ReplyCodec;
import io.macula.coordination.wire.SnapshotCodec;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.LifeCycle;
import org.apache.ratis.util.MD5FileUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries committed entries to the pure [State], and its snapshots to disk. One thread of Ratis applies
/// entries and takes snapshots; others look at the state, which is a value.
final class AgreedState extends BaseStateMachine {

    private static final Logger LOG = LoggerFactory.getLogger(AgreedState.class);

    private final SimpleStateMachineStorage storage = new SimpleStateMachineStorage();
    private final LeaderClock clock;
    private volatile State state = State.EMPTY;

    AgreedState(LeaderClock clock) {
        this.clock = clock;
    }

    State state() {
        return state;
    }

    /// Over the state, SHA-256 in hex. Voters that have applied the same entries have the same.
    String sum() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(SnapshotCodec.encode(state)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void initialize(RaftServer server, RaftGroupId group, RaftStorage raftStorage)
            throws IOException {
        super.initialize(server, group, raftStorage);
        storage.init(raftStorage);
        getLifeCycle().startAndTransition(this::load);
    }

    /// A snapshot of the leader is about to be installed.
    @Override
    public void pause() {
        getLifeCycle().transition(LifeCycle.State.PAUSING);
        getLifeCycle().transition(LifeCycle.State.PAUSED);
    }

    @Override
    public void reinitialize() throws IOException {
        load();
        if (getLifeCycleState() == LifeCycle.State.PAUSED) {
            getLifeCycle().transition(LifeCycle.State.STARTING);
            getLifeCycle().transition(LifeCycle.State.RUNNING);
        }
    }

    @Override
    public StateMachineStorage getStateMachineStorage() {
        return storage;
    }

    /// The leader puts its time in front of the command.
    @Override
    public TransactionContext startTransaction(RaftClientRequest request) {
        var command = request.getMessage().getContent().toByteArray();
        return TransactionContext.newBuilder()
                .setStateMachine(this)
                .setClientRequest(request)
                .setLogData(ByteString.copyFrom(EntryCodec.encode(clock.now(), command)))
                .build();
    }

    @Override
    public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
        var entry = transaction.getLogEntry();
        var content = entry.getStateMachineLogEntry().getLogData().toByteArray();
        var reply = switch (EntryCodec.decode(content)) {
            case Decoded.Ok<EntryCodec.Entry>(var read) -> {
                var step = state.apply(read.command(), read.stamp());
                state = step.next();
                yield step.reply();
            }
            case Decoded.Bad<EntryCodec.Entry>(var reason) -> new Reply.Refused(reason);
        };
        updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
        return CompletableFuture.completedFuture(message(reply));
    }

    @Override
    public CompletableFuture<Message> query(Message request) {
        var reply = switch (CommandCodec.decodeQuery(request.getContent().toByteArray())) {
            case Decoded.Ok<Query>(var query) -> state.look(query);
            case Decoded.Bad<Query>(var reason) ->
                new Reply.Refused(reason);
        };
        return CompletableFuture.completedFuture(message(reply));
    }

    private static Message message(Reply reply) {
        return Message.valueOf(ByteString.copyFrom(ReplyCodec.encode(reply)));
    }

    @Override
    public void notifyLeaderReady() {
        clock.lead(state.clock());
        LOG.atDebug().addKeyValue("voter", getId()).log("leads");
    }

    @Override
    public void notifyNotLeader(Collection<TransactionContext> pending) {
        clock.follow();
        LOG.atDebug().addKeyValue("voter", getId()).log("leads no more");
    }

    /// Written beside and moved, with its sum there before it: Ratis looks into the folder at any time and
    /// sends what it finds to voters that are behind.
    @Override
    public long takeSnapshot() throws IOException {
        var applied = getLastAppliedTermIndex();
        File file = storage.getSnapshotFile(applied.getTerm(), applied.getIndex());
        var unfinished = file.toPath().resolveSibling("unfinished-" + file.getName());
        try (var out = new FileOutputStream(unfinished.toFile())) {
            out.write(SnapshotCodec.encode(state));
            out.getFD().sync();
        }
        var digest = MD5FileUtil.computeMd5ForFile(unfinished.toFile());
        MD5FileUtil.saveMD5File(file, digest);
        Files.move(unfinished, file.toPath(), StandardCopyOption.ATOMIC_MOVE);
        storage.updateLatestSnapshot(
                new SingleFileSnapshotInfo(new FileInfo(file.toPath(), digest), applied));
        return applied.getIndex();
    }

    /// A snapshot that cannot be read stops the voter: it must not vote with a state it made up.
    private void load() throws IOException {
        var snapshot = storage.loadLatestSnapshot();
        if (snapshot == null) {
            return;
        }
        var file = snapshot.getFile().getPath();
        var digest = snapshot.getFile().getFileDigest();
        if (digest != null) {
            MD5FileUtil.verifySavedMD5(file.toFile(), digest);
        }
        switch (SnapshotCodec.decode(Files.readAllBytes(file))) {
            case Decoded.Ok<State>(var read) -> {
                state = read;
                setLastAppliedTermIndex(snapshot.getTermIndex());
            }
            case Decoded.Bad<State>(var reason) ->
                throw new IOException("the snapshot " + file + " cannot be read: " + reason);
        }
    }
}
