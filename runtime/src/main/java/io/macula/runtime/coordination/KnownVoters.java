package io.macula.runtime.coordination;

import io.macula.coordination.client.Voters;
import io.macula.coordination.raft.Electorate;
import io.macula.coordination.raft.RatisVoters;
import io.macula.coordination.raft.Transport;
import io.macula.coordination.raft.VoterAddress;
import io.macula.coordination.raft.VoterSet;
import io.macula.coordination.state.Command;
import io.macula.coordination.state.Query;
import io.macula.coordination.state.Reply;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The way from a member to whoever votes, as the voters come and go. Requests made before any voter is known
/// wait for one within their time.
final class KnownVoters implements Voters, AutoCloseable {

    private final Supplier<Transport> transport;
    private final CompletableFuture<RatisVoters> way = new CompletableFuture<>();
    private @Nullable VoterSet followed;
    private boolean isClosed;

    /// @param transport
    ///            asked for once, when the first voters are known
    KnownVoters(Supplier<Transport> transport) {
        this.transport = transport;
    }

    /// Asks these from now on; while a change is under way goes on asking those before.
    ///
    /// @param nearest
    ///            the id of this member's own voter, asked first if it is one of them
    synchronized void follow(Electorate electorate, String nearest) {
        var set = electorate.set().orElse(null);
        if (set == null || isClosed || isFollowed(set)) {
            return;
        }
        followed = set;
        if (way.isDone()) {
            way.join().follow(set);
            return;
        }
        var first = electorate.has(nearest) ? nearest : set.voters().getFirst().id();
        way.complete(RatisVoters.of(set, transport.get(), first));
    }

    private boolean isFollowed(VoterSet set) {
        return followed != null
                && new HashSet<VoterAddress>(followed.voters()).equals(new HashSet<>(set.voters()));
    }

    /// Makes these the voters; blocks.
    boolean reconfigure(VoterSet next, Duration timeout) {
        return way.isDone() && way.join().reconfigure(next, timeout);
    }

    @Override
    public Optional<Reply> decide(Command command, Duration timeout) {
        return within(timeout, (voters, left) -> voters.decide(command, left));
    }

    @Override
    public Optional<Reply> look(Query query, Duration timeout) {
        return within(timeout, (voters, left) -> voters.look(query, left));
    }

    private interface Asking {
        Optional<Reply> ask(RatisVoters voters, Duration left);
    }

    private Optional<Reply> within(Duration timeout, Asking asking) {
        long began = System.nanoTime();
        try {
            var voters = way.get(Math.max(0, timeout.toNanos()), TimeUnit.NANOSECONDS);
            return asking.ask(voters,
                    timeout.minus(Duration.ofNanos(System.nanoTime() - began)));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the way to the voters cannot be opened", e);
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        if (way.isDone()) {
            way.join().close();
        }
    }
}
