package io.macula.actors.dht;

import io.macula.actors.dht.OpenTasks.Task;
import io.macula.actors.flow.Inbox;
import io.macula.actors.identity.NodeKey;
import io.macula.actors.identity.Realm;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Message;
import io.macula.dht.Contact;
import io.macula.dht.NodeId;
import io.macula.dht.lookup.Goal;
import io.macula.dht.lookup.LookupResult;
import io.macula.dht.record.SignedRecord;
import io.macula.dht.store.Health;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// What the rest of a node sees of the DHT. Belongs to the node and outlives the process behind
/// it; safe to use from any thread; nothing blocks.
///
/// Every answer comes, also when the process crashes while it is made: a restarted process takes up
/// what is open here. When too much is open already, an answer says that nothing was found.
public final class Discovery {

    /// What it is made of.
    ///
    /// @param self what this node says of itself when it signs a record
    /// @param executor runs what depends on an answer, so that it holds up no process
    public record Parts(NodeKey key, Realm realm, Supplier<Provider> self, DhtConfig config,
            Clock clock, Executor executor) {}

    /// Longest value that is kept under a name.
    public static final int VALUE_BYTES_MAX = Payloads.VALUE_BYTES_MAX;

    /// The longest a value is kept, whatever is asked for.
    public static final Duration VALUE_TTL_MAX = Duration.ofHours(24);

    private final Parts parts;
    private final KnownProviders providers;
    private final OwnRecords own;
    private final OpenTasks tasks;
    private final Inbox inbox;
    private final LookupCounters lookups = new LookupCounters();
    private volatile @Nullable ActorRef<RoutingServer.Command> server;
    private volatile Runnable whenProvidedChanges = () -> {};

    public Discovery(Parts parts) {
        this.parts = parts;
        var config = parts.config();
        this.providers = new KnownProviders(new ProviderCache(config.cacheMax(),
                config.cache().toMillis(), config.sweep().toMillis()));
        this.own = new OwnRecords(config.recordsMax(), config.bucketSize(),
                config.refresh().toMillis());
        this.tasks = new OpenTasks(config.lookupsMax());
        this.inbox = new Inbox(config.inboxMax());
    }

    /// From now on the process is reached at this stable ref.
    public void attach(ActorRef<RoutingServer.Command> stableRef) {
        server = stableRef;
        wake();
    }

    /// Hands a frame that [RoutingServer#takes] to the process; false when too many wait there, and
    /// the frame is lost.
    public boolean received(Contact from, boolean serves, Message frame) {
        var known = server;
        if (known == null || !inbox.enter()) {
            return false;
        }
        known.tell(new RoutingServer.Received(from, serves, frame));
        return true;
    }

    /// A link to a node that listens came up.
    public void linked(Contact node) {
        tell(new RoutingServer.Linked(node));
    }

    /// Providers that this node knows without asking anybody are named beside those of the DHT from
    /// now on. Neither function may block.
    ///
    /// @param whenProvidedChanges called when this node provides another key, or one less
    public void beside(Function<RealmKey, List<Provider>> known, Runnable whenProvidedChanges) {
        providers.beside(known);
        this.whenProvidedChanges = whenProvidedChanges;
        whenProvidedChanges.run();
    }

    /// Who provides a key, this node included when it does. Answered from the cache when that is
    /// young enough, else by a lookup. Never fails: an empty list.
    public CompletionStage<List<Provider>> providers(RealmKey key) {
        var known = ask(key);
        return known.isFresh()
                ? CompletableFuture.completedStage(
                        providers.withRegistered(key, known.answer().orElse(List.of())))
                : known.underWay().thenApply(found -> providers.withRegistered(key, found));
    }

    /// Who is known to provide a key, without waiting, and perhaps not all of them. Starts a refresh
    /// when the cached answer is old or absent.
    public List<Provider> known(RealmKey key) {
        var known = ask(key);
        return providers.withRegistered(key,
                known.isUsable() ? known.answer().orElse(List.of()) : List.of());
    }

    /// The cached answer, without waiting; empty when nothing is cached, or only what is older than
    /// six times the age of a fresh answer. Starts a refresh when it is old or absent.
    public Optional<List<Provider>> cached(RealmKey key) {
        var known = ask(key);
        return known.isUsable()
                ? known.answer().map(found -> providers.withRegistered(key, found))
                : Optional.empty();
    }

    /// Changes whenever an answer may be another one than before, except that it only grew older, or
    /// that one of those named by [#beside] came or went.
    public long version() {
        return providers.version();
    }

    /// This node provides the key from now on, until it withdraws. Completes when at least one
    /// holder has acknowledged, or when the record is kept here because this node is alone; with 0
    /// of 0 holders when this node provides too many keys already.
    public CompletionStage<Health> advertise(RealmKey key) {
        return changed(key, own.add(key, now()));
    }

    /// This node provides the key no more; holders are told at once.
    public void withdraw(RealmKey key) {
        var _ = changed(key, own.remove(key, now()));
    }

    /// Withdraws everything; completes when holders have been told. The caller bounds the wait.
    public CompletionStage<Void> withdrawAll() {
        var all = own.keys().stream().map(key -> own.remove(key, now()));
        var told = CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new));
        whenProvidedChanges.run();
        wake();
        return told.minimalCompletionStage();
    }

    /// The realm whose keys are looked up here.
    public String realm() {
        return parts.realm().name();
    }

    /// The keys this node provides.
    public List<RealmKey> provided() {
        return own.keys();
    }

    /// What this node says of itself has changed: everything it provides is said again.
    public void selfChanged() {
        own.allDue(now());
        wake();
    }

    /// Joins through any of these nodes; completes with the number of contacts known then, 0 when
    /// none of the seeds answered.
    public CompletionStage<Integer> join(List<Contact> seeds) {
        var answer = new CompletableFuture<Integer>();
        return open(new Task.Join(List.copyOf(seeds), answer), answer, 0);
    }

    /// Says goodbye to the neighbours; completes with how many there were.
    public CompletionStage<Integer> leave() {
        var answer = new CompletableFuture<Integer>();
        return open(new Task.Leave(answer), answer, 0);
    }

    /// Looks something up, past the cache.
    ///
    /// @param paths disjoint paths: 1, or 3 and more against lying nodes
    public CompletionStage<LookupResult> find(Goal goal, NodeId target, int paths) {
        var answer = new CompletableFuture<LookupResult>();
        var _ = answer.thenAccept(lookups::ended);
        return open(new Task.Find(goal, target, paths, answer), answer, nothing(goal, target));
    }

    /// Stores a value under a key for `ttl`, at most [#VALUE_TTL_MAX]; nobody else can change it
    /// meanwhile. Completes with how many holders acknowledged: 0 when it belongs to another node.
    public CompletionStage<Health> put(RealmKey key, Bytes value, Duration ttl) {
        if (value.sizeBytes() > VALUE_BYTES_MAX) {
            throw new IllegalArgumentException("a value has at most " + VALUE_BYTES_MAX
                    + " bytes, this one has " + value.sizeBytes());
        }
        var kept = ttl.compareTo(VALUE_TTL_MAX) > 0 ? VALUE_TTL_MAX : ttl;
        var signed = SignedRecords.sign(parts.key(), SignedRecord.Kind.VALUE, key.id(), now(),
                now() + kept.toMillis(), Payloads.ofValue(parts.realm().name(), value));
        var answer = new CompletableFuture<Health>();
        return open(new Task.Put(signed, answer), answer, new Health(key.id(), 0, 0, now()));
    }

    /// What a lookup of a value found.
    public static Optional<Kept> kept(LookupResult result) {
        return result.records()
                .stream()
                .findFirst()
                .flatMap(signed -> Payloads.value(signed)
                        .map(value -> new Kept(value, signed.publisher(), signed.sequence(),
                                Instant.ofEpochMilli(signed.expiresAtMillis()))));
    }

    /// What this node knows of the DHT; empty when the process is too busy to say.
    public CompletionStage<Optional<TableView>> table() {
        var answer = new CompletableFuture<Optional<TableView>>();
        return open(new Task.Look(answer), answer, Optional.empty());
    }

    /// How lookups ended.
    public LookupCounters.Snapshot lookups() {
        return lookups.snapshot();
    }

    /// Frames of others that wait for the process.
    public int waiting() {
        return inbox.waiting();
    }

    /// The node stops: what is open is answered with nothing.
    public void close() {
        tasks.close().forEach(this::abandon);
    }

    private void abandon(Task task) {
        switch (task) {
            case Task.Find(var goal, var target, _, var answer) ->
                settle(answer, nothing(goal, target));
            case Task.Put(var signed, var answer) ->
                settle(answer, new Health(signed.key(), 0, 0, now()));
            case Task.Join(_, var answer) -> settle(answer, 0);
            case Task.Look(var answer) -> settle(answer, Optional.empty());
            case Task.Leave(var answer) -> settle(answer, 0);
        }
    }

    Parts parts() {
        return parts;
    }

    OwnRecords own() {
        return own;
    }

    OpenTasks tasks() {
        return tasks;
    }

    Inbox inbox() {
        return inbox;
    }

    /// A holder, this node, got a record of the key: what is cached is not true any more.
    void outdated(NodeId key) {
        providers.outdate(key);
    }

    /// Begins the lookups that are due by themselves; when the next will be.
    long lookAgain() {
        var due = providers.due(now());
        due.looks().forEach(look -> lookUp(look.key(), look.underWay()));
        return due.nextMillis();
    }

    /// This node has joined: what it found before, alone, may not be all.
    void joined() {
        own.allDue(now());
        providers.outdateAll();
    }

    /// What this node says as a provider of `due.key()` from now on.
    SignedRecord sign(OwnRecords.Due due) {
        var config = parts.config();
        var payload = due.isWithdrawal()
                ? Bytes.EMPTY
                : Payloads.ofProvider(parts.realm().name(), parts.self().get());
        return SignedRecords.sign(parts.key(), SignedRecord.Kind.PROVIDER, due.key().id(),
                due.sequence(), now() + config.ttl().toMillis(), payload);
    }

    <T> void settle(CompletableFuture<T> answer, T value) {
        try {
            var _ = answer.completeAsync(() -> value, parts.executor());
        } catch (RejectedExecutionException nodeStops) {
            answer.complete(value);
        }
    }

    private ProviderCache.Known ask(RealmKey key) {
        var known = providers.ask(key.id(), now());
        if (known.mustLookUp()) {
            lookUp(key.id(), known.underWay());
        }
        return known;
    }

    private void lookUp(NodeId key, CompletableFuture<List<Provider>> answer) {
        var looked = new CompletableFuture<LookupResult>();
        if (tasks.add(new Task.Find(Goal.PROVIDERS, key, 1, looked))) {
            var _ = looked.thenAccept(lookups::ended);
            var _ = looked.thenAccept(result -> answer.complete(found(key, result)));
            wake();
        } else {
            answer.complete(providers.failed(key, now()));
        }
    }

    private List<Provider> found(NodeId key, LookupResult result) {
        if (!result.isFound() && result.closest().isEmpty() && result.requests() > 0) {
            return providers.failed(key, now());
        }
        return providers.found(key, () -> result.records()
                .stream()
                .filter(this::isStillTrue)
                .map(Payloads::provider)
                .toList(), now());
    }

    /// Holders may not know yet that this node has withdrawn.
    private boolean isStillTrue(SignedRecord signed) {
        return !signed.publisher().equals(parts.key().id()) || own.isProvided(signed.key());
    }

    private <T> CompletableFuture<T> changed(RealmKey key, CompletableFuture<T> answer) {
        outdated(key.id());
        whenProvidedChanges.run();
        wake();
        return answer;
    }

    private <T> CompletionStage<T> open(Task task,
            CompletableFuture<T> answer, T otherwise) {
        if (tasks.add(task)) {
            wake();
        } else {
            settle(answer, otherwise);
        }
        return answer.minimalCompletionStage();
    }

    private static LookupResult nothing(Goal goal, NodeId target) {
        return new LookupResult(target, goal, List.of(), List.of(), 0, 0, 0, List.of());
    }

    private void wake() {
        tell(new RoutingServer.Wake());
    }

    private void tell(RoutingServer.Command command) {
        var known = server;
        if (known != null) {
            known.tell(command);
        }
    }

    private long now() {
        return parts.clock().millis();
    }
}
