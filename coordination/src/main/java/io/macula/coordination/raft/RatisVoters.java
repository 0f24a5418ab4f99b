package io.macula.coordination.raft;

import io.macula.coordination.client.Voters;
import io.macula.coordination.state.Command;
import io.macula.coordination.state.Query;
import io.macula.coordination.state.Reply;
import io.macula.coordination.wire.CommandCodec;
import io.macula.coordination.wire.Decoded;
import io.macula.coordination.wire.ReplyCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.client.retry.RequestTypeDependentRetryPolicy;
import org.apache.ratis.proto.RaftProtos.RaftClientRequestProto.TypeCase;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.retry.ExponentialBackoffRetry;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way to the voters of a group, from a voter or from anywhere else. Finds the leader by itself.
public final class RatisVoters implements Voters, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RatisVoters.class);
    private static final Duration PAUSE_MIN = Duration.ofMillis(10);
    private static final Duration PAUSE_MAX = Duration.ofMillis(100);
    /// Of the attempts that Ratis makes by itself before we look at the clock again.
    private static final Duration ROUND = Duration.ofSeconds(2);

    private final Transport transport;
    private final String nearest;
    private volatile RaftClient client;

    private RatisVoters(VoterSet set, Transport transport, String nearest) {
        this.transport = transport;
        this.nearest = nearest;
        client = client(set);
    }

    /// @param nearest
    ///            the id of the voter to ask first: the one on this node, if there is one
    public static RatisVoters of(VoterSet set, Transport transport, String nearest) {
        RatisProcess.isAGuest();
        return new RatisVoters(set, transport, nearest);
    }

    private RaftClient client(VoterSet set) {
        return RaftClient.newBuilder()
                .setRaftGroup(set.toGroup())
                .setLeaderId(RaftPeerId.valueOf(nearest))
                .setProperties(RatisSettings.client())
                .setParameters(TransportParameters.of(transport))
                .setRetryPolicy(retries())
                .build();
    }

    /// Asks the voters of `set` from now on. To be called when the voters have changed by someone else's
    /// [#reconfigure]; requests under way are repeated.
    public synchronized void follow(VoterSet set) {
        var before = client;
        client = client(set);
        close(before);
    }

    private static RequestTypeDependentRetryPolicy retries() {
        var pauses = ExponentialBackoffRetry.newBuilder()
                .setBaseSleepTime(RatisSettings.duration(PAUSE_MIN))
                .setMaxSleepTime(RatisSettings.duration(PAUSE_MAX))
                .build();
        var round = RatisSettings.duration(ROUND);
        return RequestTypeDependentRetryPolicy.newBuilder()
                .setRetryPolicy(TypeCase.WRITE, pauses)
                .setTimeout(TypeCase.WRITE, round)
                .setRetryPolicy(TypeCase.READ, pauses)
                .setTimeout(TypeCase.READ, round)
                .build();
    }

    @Override
    public Optional<Reply> decide(Command command, Duration timeout) {
        var content = CommandCodec.encode(command);
        if (content.length > CommandCodec.BYTES_MAX) {
            return Optional.of(new Reply.Refused(
                    "a request has at most " + CommandCodec.BYTES_MAX + " bytes"));
        }
        var message = Message.valueOf(ByteString.copyFrom(content));
        return within(timeout, () -> client.io().send(message));
    }

    @Override
    public Optional<Reply> look(Query query, Duration timeout) {
        var message = Message.valueOf(ByteString.copyFrom(CommandCodec.encode(query)));
        return within(timeout, () -> client.io().sendReadOnly(message));
    }

    /// Makes `next` the voters, one change after another, each of which brings a new voter up to date
    /// before it counts. New ones have to be started with [Beginning#JOIN] before. Blocks.
    ///
    /// @return whether all changes were confirmed within `timeout`; if not, some may have been made or
    ///         may still be made, and the same call goes on from there
    public boolean reconfigure(VoterSet next, Duration timeout) {
        var change = new MembershipChange(client, next);
        boolean done = run(timeout, () -> change.step() ? Optional.of(true) : Optional.empty())
                .orElse(false);
        if (done) {
            follow(next);
        }
        return done;
    }

    private interface Sending {
        RaftClientReply send() throws IOException;
    }

    private interface Attempt<T> {
        Optional<T> make();
    }

    private static Optional<Reply> within(Duration timeout, Sending sending) {
        return run(timeout, () -> {
            try {
                var reply = sending.send();
                return reply.isSuccess() ? decoded(reply) : Optional.empty();
            } catch (IOException e) {
                LOG.atDebug().setCause(e).log("no answer from the voters");
                return Optional.empty();
            }
        });
    }

    private static Optional<Reply> decoded(RaftClientReply reply) {
        return switch (ReplyCodec.decode(reply.getMessage().getContent().toByteArray())) {
            case Decoded.Ok<Reply>(var value) -> Optional.of(value);
            case Decoded.Bad<Reply>(var reason) -> {
                LOG.atWarn().addKeyValue("reason", reason).log("a voter's reply cannot be read");
                yield Optional.empty();
            }
        };
    }

    /// Repeats until there is something or the time is up. The attempts run on a thread of their own,
    /// because one may take longer than the caller waits.
    private static <T> Optional<T> run(Duration timeout, Attempt<T> attempt) {
        if (timeout.isZero() || timeout.isNegative()) {
            return Optional.empty();
        }
        long endNanos = System.nanoTime() + timeout.toNanos();
        var result = new CompletableFuture<Optional<T>>();
        var thread = Thread.ofVirtual().name("coordination-request").start(() -> {
            var made = attempt.make();
            while (made.isEmpty() && endNanos - System.nanoTime() > 0
                    && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(PAUSE_MIN.toNanos());
                made = attempt.make();
            }
            result.complete(made);
        });
        try {
            return result.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            return Optional.empty();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a request failed", e);
        }
    }

    @Override
    public void close() {
        close(client);
    }

    private static void close(RaftClient client) {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the way to the voters did not close", e);
        }
    }
}
