package io.macula.runtime.global;

import io.macula.actors.state.Outcome;
import io.macula.actors.state.SharedState;
import io.macula.app.coordination.AdvisoryCoordination;
import io.macula.dht.NodeId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Elections without a quorum: what outlives the process that looks at them. Belongs to the node; safe to use from
/// any thread.
public final class Advisory implements AdvisoryCoordination {

    /// Candidacies of one node.
    static final int CANDIDACIES_MAX = 1_000;

    /// Edits of one update, the limit of shared state.
    private static final int EDITS_MAX = 128;

    private static final int LOOKS_PER_SWEEP = 240;

    private static final Logger LOG = LoggerFactory.getLogger(Advisory.class);

    private final NodeId self;
    private final SharedState shared;
    private final Executor executor;
    private final List<Standing> candidacies = new CopyOnWriteArrayList<>();
    /// The elections it may stand in by what shared state says; that may come late, from before a crash.
    private final Set<String> stoodIn = new HashSet<>();
    private int looks;
    /// While it is, what shared state says is about to be otherwise.
    private volatile boolean isChanging;
    private volatile Runnable nudge = () -> {};

    /// @param executor
    ///            runs listeners
    public Advisory(NodeId self, SharedState shared, Executor executor) {
        this.self = self;
        this.shared = shared;
        this.executor = executor;
    }

    /// From now on `look` runs when there may be something to be done, on any thread.
    void nudging(Runnable look) {
        nudge = look;
    }

    @Override
    public Candidacy stand(String election, Consumer<Boolean> listener) {
        if (candidacies.size() >= CANDIDACIES_MAX) {
            throw new IllegalStateException(
                    "a node stands in at most " + CANDIDACIES_MAX + " elections");
        }
        var standing = new Standing(election, listener);
        candidacies.add(standing);
        nudge.run();
        return standing;
    }

    @Override
    public Optional<String> leader(String election) {
        return Candidates.leader(shared.values(), election, reachable()).map(NodeId::hex);
    }

    private Set<NodeId> reachable() {
        var all = new HashSet<>(shared.reached());
        all.add(self);
        return all;
    }

    /// Makes shared state say where this node stands, and tells candidates what has changed. For one
    /// process.
    void look() {
        if (shared.replicator().isEmpty() || isChanging) {
            return;
        }
        var elections = candidacies.stream()
                .map(each -> each.election)
                .collect(Collectors.toSet());
        if (looks++ % LOOKS_PER_SWEEP == 0) {
            stoodIn.addAll(Candidates.standsIn(shared.values(), self));
        }
        var edits = Candidates.own(shared.values(), self, elections, stoodIn);
        stoodIn.addAll(elections);
        if (edits.isEmpty()) {
            stoodIn.retainAll(elections);
        } else {
            isChanging = true;
            var _ = shared.update(edits.subList(0, Math.min(EDITS_MAX, edits.size())))
                    .thenAccept(outcome -> {
                        isChanging = false;
                        if (outcome instanceof Outcome.Done) {
                            nudge.run();
                        }
                    });
            return;
        }
        var reachable = reachable();
        candidacies.forEach(each -> each.see(
                Candidates.leader(shared.values(), each.election, reachable)
                        .filter(self::equals)
                        .isPresent()));
    }

    private final class Standing implements Candidacy {

        private final String election;
        private final Consumer<Boolean> listener;
        private final AtomicBoolean isTelling = new AtomicBoolean();
        private volatile boolean leads;
        private volatile boolean isClosed;
        private Optional<Boolean> told = Optional.empty();

        Standing(String election, Consumer<Boolean> listener) {
            this.election = election;
            this.listener = listener;
        }

        void see(boolean leadsNow) {
            leads = leadsNow;
            tellLater();
        }

        private void tellLater() {
            if (isTelling.compareAndSet(false, true)) {
                try {
                    executor.execute(this::tell);
                } catch (RejectedExecutionException nodeStops) {
                    isTelling.set(false);
                }
            }
        }

        /// One at a time, and the last state always.
        private void tell() {
            isTelling.set(false);
            synchronized (this) {
                var now = Optional.of(leads);
                if (isClosed || told.equals(now)) {
                    return;
                }
                told = now;
                try {
                    listener.accept(now.get());
                } catch (RuntimeException e) {
                    LOG.atWarn()
                            .addKeyValue("election", election)
                            .setCause(e)
                            .log("a listener to leadership failed");
                }
            }
        }

        @Override
        public String election() {
            return election;
        }

        @Override
        public boolean isLeader() {
            return leads && !isClosed;
        }

        @Override
        public void close() {
            isClosed = true;
            candidacies.remove(this);
            nudge.run();
        }
    }
}
