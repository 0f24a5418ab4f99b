package io.macula.dht.lookup;

import io.macula.dht.Contact;
import io.macula.dht.NodeId;
import io.macula.dht.lookup.LookupResult.Outcome;
import io.macula.dht.lookup.LookupResult.Visit;
import io.macula.dht.lookup.Path.State;
import io.macula.dht.record.SignedRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One iterative search (Maymounkov 2002, 2.3; disjoint paths: S/Kademlia, 4.4). The caller asks
/// whom [#next()] names, reports what came of it, and stops when [#isDone()].
///
/// Mutable, for one thread. Bounded: [Path#CAPACITY] contacts per path, 64 records.
public final class Lookup {

    private static final int RECORDS_MAX = 64;
    private static final int PROVIDER_ANSWERS = 3;

    private final NodeId self;
    private final NodeId target;
    private final Goal goal;
    private final LookupLimits limits;
    private final long startMillis;
    private final List<Path> paths = new ArrayList<>(1);
    private final @Nullable Set<NodeId> claimed;
    private final Map<NodeId, SignedRecord> records = new LinkedHashMap<>(0);
    private int answersWithRecords;
    private int pathsFinished;
    private int foundHops;
    private int requests;
    private int turn = -1;
    private @Nullable Contact nearestEmpty;

    /// A search by `self` that starts at `start`; with several paths they are dealt out in turn.
    public Lookup(NodeId self, NodeId target, Goal goal, LookupLimits limits, List<Contact> start,
            long nowMillis) {
        this.self = self;
        this.target = target;
        this.goal = goal;
        this.limits = limits;
        this.startMillis = nowMillis;
        this.claimed = limits.paths() > 1 ? new HashSet<>() : null;
        for (var i = 0; i < limits.paths(); i++) {
            paths.add(new Path(target, limits));
        }
        startAlsoFrom(start);
    }

    /// More contacts to start from.
    public void startAlsoFrom(List<Contact> more) {
        for (var i = 0; i < more.size(); i++) {
            paths.get(i % paths.size()).start(more.get(i), self);
        }
    }

    /// What is looked for.
    public NodeId target() {
        return target;
    }

    /// What kind of thing is looked for.
    public Goal goal() {
        return goal;
    }

    /// The next contact to ask now, from each path in turn; empty while every slot is taken and when
    /// the search is done.
    public Optional<Contact> next() {
        for (var i = 0; i < paths.size(); i++) {
            turn = (turn + 1) % paths.size();
            var contact = isEnough() ? null : paths.get(turn).next(this::claim);
            if (contact != null) {
                return Optional.of(contact);
            }
        }
        return Optional.empty();
    }

    /// Counts a request or its repetition.
    public void sent() {
        requests++;
    }

    /// `from` answered with contacts nearer to the target, of which at most `wanted` are read, and
    /// with its token.
    public void answered(NodeId from, List<Contact> nearer, long token) {
        for (var path : paths) {
            var index = path.indexOfAsked(from);
            if (index >= 0) {
                path.become(index, State.ANSWERED);
                path.token(index, token);
                rememberEmpty(path.contact(index));
                path.learnFrom(index, firstOf(nearer), self);
            }
        }
    }

    /// `from` answered with genuine records of the target, one at least, and with contacts nearer to
    /// it. One value ends its path; providers are gathered from three nodes, because
    /// no single one knows them all.
    public void found(NodeId from, List<SignedRecord> genuine, List<Contact> nearer) {
        for (var path : paths) {
            var index = path.indexOfAsked(from);
            if (index >= 0) {
                path.become(index, State.ANSWERED);
                foundHops = answersWithRecords++ == 0 ? path.hop(index) : foundHops;
                genuine.forEach(this::keep);
                path.learnFrom(index, firstOf(nearer), self);
                if (path.foundOneMore() >= (goal == Goal.VALUE ? 1 : PROVIDER_ANSWERS)) {
                    path.end();
                    pathsFinished++;
                }
            }
        }
    }

    /// Records this node holds itself: part of the result, but no reason to stop.
    public void know(List<SignedRecord> own) {
        own.forEach(this::keep);
    }

    /// `from` is past the soft time-out: its slot is free, it may still answer.
    public void slow(NodeId from) {
        become(from, State.SLOW);
    }

    /// `from` is past the hard time-out.
    public void failed(NodeId from) {
        become(from, State.FAILED);
    }

    /// Whether nothing is left to do or to wait for.
    public boolean isDone() {
        for (var i = 0; i < paths.size() && !isEnough(); i++) {
            if (!paths.get(i).isDone()) {
                return false;
            }
        }
        return true;
    }

    /// The nearest contact that answered without the value: where a copy helps the next one who
    /// looks (Maymounkov 2002, 2.3).
    public Optional<Contact> nearestWithoutValue() {
        return Optional.ofNullable(nearestEmpty);
    }

    /// The token `from` gave with its answer, 0 when it gave none.
    public long tokenOf(NodeId from) {
        for (var path : paths) {
            var index = path.indexOf(from);
            if (index >= 0 && path.state(index) == State.ANSWERED) {
                return path.token(index);
            }
        }
        return 0;
    }

    /// The outcome; sensible once [#isDone()].
    public LookupResult result(long nowMillis) {
        var answered = visits().stream()
                .filter(visit -> visit.outcome() == Outcome.ANSWERED)
                .toList();
        var closest = answered.stream().limit(limits.wanted()).map(Visit::contact).toList();
        var hops = answersWithRecords > 0
                ? foundHops
                : answered.isEmpty() ? 0 : answered.getFirst().hop();
        return new LookupResult(target, goal, closest, found(), hops, requests,
                nowMillis - startMillis, visits());
    }

    private List<SignedRecord> found() {
        var newest = Comparator.comparingLong(SignedRecord::sequence)
                .thenComparing(SignedRecord::publisher);
        var candidates = goal == Goal.VALUE
                ? records.values().stream().max(newest).stream()
                : records.values().stream();
        return candidates.filter(signed -> !signed.isWithdrawal()).toList();
    }

    private List<Visit> visits() {
        var visits = new ArrayList<Visit>();
        for (var number = 0; number < paths.size(); number++) {
            var path = paths.get(number);
            for (var i = 0; i < path.size(); i++) {
                var outcome = outcome(path.state(i));
                if (outcome != null) {
                    visits.add(new Visit(path.contact(i), path.hop(i), number, outcome));
                }
            }
        }
        visits.sort((a, b) -> target.compareDistance(a.contact().id(), b.contact().id()));
        return visits;
    }

    private static @Nullable Outcome outcome(State state) {
        return switch (state) {
            case ANSWERED -> Outcome.ANSWERED;
            case FAILED -> Outcome.FAILED;
            case ASKED, SLOW -> Outcome.UNDER_WAY;
            case NEW, TAKEN -> null;
        };
    }

    private List<Contact> firstOf(List<Contact> nearer) {
        return nearer.size() > limits.wanted() ? nearer.subList(0, limits.wanted()) : nearer;
    }

    private boolean isEnough() {
        return pathsFinished >= limits.quorum();
    }

    private boolean claim(NodeId id) {
        return claimed == null || claimed.add(id);
    }

    private void keep(SignedRecord candidate) {
        var known = records.get(candidate.publisher());
        if (known == null ? records.size() < RECORDS_MAX : candidate.isNewerThan(known)) {
            records.put(candidate.publisher(), candidate);
        }
    }

    private void rememberEmpty(Contact contact) {
        if (nearestEmpty == null || target.compareDistance(contact.id(), nearestEmpty.id()) < 0) {
            nearestEmpty = contact;
        }
    }

    private void become(NodeId id, State state) {
        for (var path : paths) {
            var index = path.indexOfAsked(id);
            if (index >= 0) {
                path.become(index, state);
            }
        }
    }
}
