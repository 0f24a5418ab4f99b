package io.macula.coordination.client;

import io.macula.app.coordination.FencedCoordination;
import io.macula.app.coordination.LeadershipChange;
import io.macula.coordination.state.Claim;
import io.macula.coordination.state.Query;
import io.macula.coordination.state.Reply;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at one election again and again, and tells what is new. Looks may be old and in any order; what is
/// told goes only forward.
final class LeaderWatch implements FencedCoordination.Watch, Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(LeaderWatch.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final String election;
    private final Voters voters;
    private final Consumer<LeadershipChange> listener;
    private final Runnable whenClosed;
    private volatile boolean closed;
    /// Of the last look that counted; -1 before the first.
    private long revision = -1;
    /// Of the leader told last; 0 when it was told that nobody leads.
    private long fence;

    LeaderWatch(String election, Voters voters, Consumer<LeadershipChange> listener,
            Runnable whenClosed) {
        this.election = election;
        this.voters = voters;
        this.listener = listener;
        this.whenClosed = whenClosed;
    }

    @Override
    public void run() {
        while (!closed) {
            voters.look(new Query.HolderOf(Claim.election(election)), Duration.ofSeconds(1))
                    .ifPresent(this::see);
            Pause.of(LOOK_EVERY);
        }
        whenClosed.run();
    }

    @Override
    public void close() {
        closed = true;
    }

    void see(Reply reply) {
        switch (reply) {
            case Reply.Held(var holder, var seenRevision) when seenRevision >= revision -> {
                boolean isNew = holder.fence() != fence;
                fence = holder.fence();
                revision = seenRevision;
                if (isNew) {
                    tell(new LeadershipChange.Led(election, Answers.leader(holder)));
                }
            }
            case Reply.Vacant(var seenRevision) when seenRevision >= revision -> {
                boolean isNew = revision < 0 || fence != 0;
                fence = 0;
                revision = seenRevision;
                if (isNew) {
                    tell(new LeadershipChange.Vacated(election));
                }
            }
            case Reply _ -> {
                // older than what was told, or no answer to the question
            }
        }
    }

    private void tell(LeadershipChange change) {
        if (closed) {
            return;
        }
        try {
            listener.accept(change);
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("election", election)
                    .setCause(e)
                    .log("a listener to leadership failed");
        }
    }
}
