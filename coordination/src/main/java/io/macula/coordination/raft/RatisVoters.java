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

    private final RaftClient client;

    private RatisVoters(RaftClient client) {
        this.client = client;
    }

    /// @param nearest
    ///            the id of the voter to ask first: the one on this node, if there is one
    public static RatisVoters of(VoterSet set, Transport transport, String nearest) {
        return new RatisVoters(RaftClient.newBuilder().setRaftGroup(set.toGroup())
                .setLeaderId(RaftPeerId.valueOf(nearest)).setProperties(RatisSettings.client())
                .setParameters(Transport.parameters(transport)).setRetryPolicy(retries()).build());
    }

    private static RequestTypeDependentRetryPolicy retries() {
        var pauses = ExponentialBackoffRetry.newBuilder()
                .setBaseSleepTime(RatisSettings.duration(PAUSE_MIN))
                .setMaxSleepTime(RatisSettings.duration(PAUSE_MAX)).build();
        var round = RatisSettings.duration(ROUND);
        return RequestTypeDependentRetryPolicy.newBuilder()
                .setRetryPolicy(TypeCase.WRITE, pauses).setTimeout(TypeCase.WRITE, round)
                .setRetryPolicy(TypeCase.READ, pauses).setTimeout(TypeCase.READ, round).build();
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

    /// Makes `next` the voters, whom the present ones bring up to date first. New ones have to be
    /// started with [Beginning#JOIN] before. Blocks.
    ///
    /// @return whether a majority of the old and of the new voters agreed within `timeout`; if not, the
    ///         change may still come to pass
    public boolean reconfigure(VoterSet next, Duration timeout) {
        return run(timeout, () -> {
            try {
                var reply = client.admin().setConfiguration(next.peers());
                return reply.isSuccess() ? Optional.of(true) : Optional.empty();
            } catch (IOException e) {
                LOG.atWarn().setCause(e).log("the voters did not take another set");
                return Optional.empty();
            }
        }).orElse(false);
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
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the way to the voters did not close", e);
        }
    }
}
