package io.macula.actors.state;

import io.macula.actors.flow.Inbox;
import io.macula.crdt.Bytes;
import io.macula.crdt.Difference;
import io.macula.crdt.Edit;
import io.macula.crdt.OrMap;
import io.macula.crdt.replicator.Event;
import io.macula.crdt.replicator.Replicator;
import io.macula.crdt.replicator.Version;
import io.macula.dht.NodeId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// What the rest of a node sees of the state it shares with others. Belongs to the node and outlives
/// the process behind it; safe to use from any thread; nothing blocks.
///
/// Reading takes the last state the process has published and asks nobody. Every update is
/// answered, also when the process crashes meanwhile.
public final class SharedState {

    /// What it is made of.
    ///
    /// @param executor runs subscribers, and what depends on an answer
    public record Parts(NodeId self, StateConfig config, StateKeeper keeper, StateCounters counters,
            Executor executor) {}

    /// How long an update that found no process should wait.
    private static final Duration NO_PROCESS = Duration.ofMillis(100);

    private static final String STOPPED = "this node has stopped";

    private record Waiting(Version version, CompletableFuture<Boolean> answer) {}

    private final Parts parts;
    private final List<StateChannel> channels = new CopyOnWriteArrayList<>();
    private final List<StateWatch> watches = new CopyOnWriteArrayList<>();
    private final List<Waiting> waiting = new CopyOnWriteArrayList<>();
    private final ConcurrentHashMap<Long, CompletableFuture<Outcome>> tickets = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final WaitingUpdates updates;
    private final Inbox frames;
    private volatile @Nullable ActorRef<StateReplicator.Command> process;
    private volatile @Nullable Replicator current;
    private volatile boolean isClosed;
    private long incarnation;

    public SharedState(Parts parts) {
        this.parts = parts;
        this.updates = new WaitingUpdates(parts.config().updatesMax());
        this.frames = new Inbox(parts.config().framesMax());
    }

    Parts parts() {
        return parts;
    }

    /// From now on the process is reached at this stable ref.
    public void attach(ActorRef<StateReplicator.Command> stableRef) {
        process = stableRef;
        peersChanged();
    }

    /// Frames take this channel from now on where it leads to the node, before those added earlier.
    public void prefer(StateChannel channel) {
        channels.addFirst(channel);
        peersChanged();
    }

    /// The channel is not used any more.
    public void drop(StateChannel channel) {
        channels.remove(channel);
        peersChanged();
    }

    // --- reading

    /// All values as they are here now.
    public OrMap values() {
        var replicator = current;
        return replicator == null ? OrMap.EMPTY : replicator.values();
    }

    /// A token for what is visible here now.
    public Version version() {
        var replicator = current;
        return replicator == null ? Version.NONE : replicator.version();
    }

    /// The replicator as it is now; empty before what was kept has been read.
    public Optional<Replicator> replicator() {
        return Optional.ofNullable(current);
    }

    /// Completes with true as soon as all that `version` stands for is visible here, with false
    /// when that has not come about within `patience`.
    public CompletionStage<Boolean> reached(Version version, Duration patience) {
        var answer = new CompletableFuture<Boolean>();
        var entry = new Waiting(version, answer);
        waiting.add(entry);
        look(entry);
        return answer.completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((_, _) -> waiting.remove(entry));
    }

    private void look(Waiting entry) {
        var replicator = current;
        if (replicator != null && replicator.reached(entry.version())) {
            settle(entry.answer(), true);
        }
    }

    // --- changing

    /// Applies edits so that they become visible together. The functions run on the process and must
    /// be quick.
    public CompletionStage<Outcome> update(List<Edit> edits) {
        if (isClosed) {
            return CompletableFuture.completedStage(new Outcome.Unavailable(STOPPED));
        }
        if (process == null || current == null) {
            return CompletableFuture.completedStage(new Outcome.Busy(NO_PROCESS));
        }
        var answer = new CompletableFuture<Outcome>();
        var ticket = numbers.incrementAndGet();
        tickets.put(ticket, answer);
        var guarded = edits.stream().map(EditFailedException::guarding).toList();
        switch (updates.add(new Event.Update(ticket, guarded))) {
            case FULL -> answer(ticket, new Outcome.Busy(NO_PROCESS));
            case TELL -> tell(new StateReplicator.UpdatesWait());
            case TOLD -> {
            }
        }
        if (isClosed) {
            answer(ticket, new Outcome.Unknown(STOPPED));
        }
        return answer.minimalCompletionStage();
    }

    /// Lets the changes made so far go to other nodes now, and not some milliseconds later with those that follow.
    public void hurry() {
        tell(new StateReplicator.Hurry());
    }

    /// Calls `handler` with what changes, first with what is there now as if it had just come.
    /// After a crash of the process all that is there is told once more. Empty when there are too many
    /// subscriptions.
    public Optional<StateWatch> watch(Interest interest, Consumer<List<Difference>> handler) {
        if (watches.size() >= parts.config().watchesMax()) {
            return Optional.empty();
        }
        var watch = new StateWatch(interest, handler, parts.executor(), watches::remove);
        watches.add(watch);
        tell(new StateReplicator.Begin(watch));
        return Optional.of(watch);
    }

    /// Tells the other nodes that this one goes, and hands over what waits; completes when that is on its
    /// way. Changes made after it stay here until the node is started again.
    public CompletionStage<Void> leave() {
        var told = new CompletableFuture<Void>();
        if (process == null || current == null) {
            told.complete(null);
        } else {
            tell(new StateReplicator.Leave(told));
        }
        return told;
    }

    /// Copies what is kept on disk into a new folder; completes with one sentence when that failed.
    public CompletionStage<Optional<String>> snapshot(Path to) {
        return parts.keeper().snapshot(to);
    }

    // --- what channels call

    /// A frame came from another node, which has proved who it is. False when too many wait; it is
    /// lost, and its content will be asked for.
    public boolean arrived(NodeId from, Bytes frame) {
        var to = process;
        if (to == null || !frames.enter()) {
            parts.counters().refused.increment();
            return false;
        }
        to.tell(new StateReplicator.Arrived(from, frame));
        return true;
    }

    /// Other nodes can be reached than before.
    public void peersChanged() {
        tell(new StateReplicator.PeersChanged());
    }

    private void tell(StateReplicator.Command command) {
        var to = process;
        if (to != null) {
            to.tell(command);
        }
    }

    // --- for the process

    /// A new incarnation; what older ones still do counts no more. Updates that were under way are
    /// answered.
    long begin() {
        long number;
        synchronized (this) {
            incarnation++;
            number = incarnation;
        }
        updates.take(Integer.MAX_VALUE);
        frames.clear();
        abandon("the process that keeps shared state crashed before it answered");
        return number;
    }

    private void abandon(String why) {
        for (var ticket : List.copyOf(tickets.keySet())) {
            answer(ticket, new Outcome.Unknown(why));
        }
    }

    /// False for an incarnation that is not the youngest: nothing it still does may become known.
    boolean published(long number, Replicator replicator) {
        synchronized (this) {
            if (number != incarnation) {
                return false;
            }
            current = replicator;
        }
        if (!waiting.isEmpty()) {
            waiting.forEach(this::look);
        }
        return true;
    }

    void answer(long ticket, Outcome outcome) {
        answer(List.of(new Reply(ticket, outcome)));
    }

    /// What became of the update with this ticket.
    record Reply(long ticket, Outcome outcome) {}

    /// Answers many updates at once.
    void answer(List<Reply> replies) {
        var answers = new Answers(parts.executor());
        for (var reply : replies) {
            var answer = tickets.remove(reply.ticket());
            if (answer != null) {
                answers.add(answer, reply.outcome());
            }
        }
        answers.give();
    }

    private void settle(CompletableFuture<Boolean> answer, boolean value) {
        var answers = new Answers(parts.executor());
        answers.add(answer, value);
        answers.give();
    }

    void notify(List<Difference> differences) {
        watches.forEach(watch -> watch.offer(differences));
    }

    /// Tells all subscribers what there is.
    void tellPresent() {
        watches.forEach(this::tellPresent);
    }

    void tellPresent(StateWatch watch) {
        watch.offer(Present.of(values(), watch.interest()));
    }

    /// Takes updates that wait. Whoever does, looks whether there are more.
    List<Event.Update> updates(int count) {
        return updates.take(count);
    }

    /// Tells the process when updates wait and it does not know.
    void tellUpdates() {
        if (updates.isToBeTold()) {
            tell(new StateReplicator.UpdatesWait());
        }
    }

    void frameTaken() {
        frames.leave();
    }

    /// The nodes that share our state and can be reached now.
    public Set<NodeId> reached() {
        var all = new HashSet<NodeId>();
        channels.forEach(channel -> all.addAll(channel.peers()));
        all.remove(parts.self());
        return all;
    }

    void missed(Set<NodeId> nodes) {
        channels.forEach(channel -> nodes.forEach(channel::isMissed));
    }

    /// Takes the first channel that leads there.
    void send(NodeId to, Bytes frame) {
        var counters = parts.counters();
        for (var channel : channels) {
            switch (channel.send(to, frame)) {
                case QUEUED -> {
                    counters.sent(frame.sizeBytes());
                    return;
                }
                case FULL -> {
                    counters.lost.increment();
                    return;
                }
                case CLOSED -> {
                }
            }
        }
        counters.lost.increment();
    }

    /// The node has stopped: open updates are answered, and the disk is given back. Blocks until
    /// what was to be written is written.
    public void close() {
        isClosed = true;
        abandon(STOPPED);
        watches.forEach(StateWatch::close);
        parts.keeper().close();
    }
}
