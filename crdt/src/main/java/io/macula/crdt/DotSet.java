package io.macula.crdt;

import java.util.ArrayList;
import java.util.List;

/// A set of dots: a version vector with exception ranges. It says exactly which changes are known,
/// gaps included, and costs one interval per replica and per gap.
public final class DotSet {

    public static final DotSet EMPTY = new DotSet(ReplicaMap.empty());

    private final ReplicaMap<Intervals> byReplica;

    private DotSet(ReplicaMap<Intervals> byReplica) {
        this.byReplica = byReplica;
    }

    public static DotSet of(Dot... dots) {
        var set = EMPTY;
        for (var dot : dots) {
            set = set.plus(dot);
        }
        return set;
    }

    public static DotSet of(DotRange range) {
        return EMPTY.plus(range);
    }

    public boolean isEmpty() {
        return byReplica.isEmpty();
    }

    public boolean contains(Dot dot) {
        return intervals(dot.replica()).contains(dot.n());
    }

    /// Whether `dot` is in the set and nothing else is.
    public boolean isOnly(Dot dot) {
        return byReplica.size() == 1 && byReplica.valueAt(0).count() == 1
                && byReplica.valueAt(0).size() == 1 && contains(dot);
    }

    public boolean containsAll(DotRange range) {
        return intervals(range.replica()).containsAll(range.from(), range.to());
    }

    public boolean containsAll(DotSet other) {
        return other.minus(this).isEmpty();
    }

    /// How many dots are in the set.
    public long size() {
        return ranges().stream().mapToLong(DotRange::length).sum();
    }

    /// The number of the last dot of `replica`, 0 when there is none.
    public long last(ReplicaId replica) {
        return intervals(replica).max();
    }

    /// The dot after the last one of `replica`.
    public Dot next(ReplicaId replica) {
        return replica.dot(last(replica) + 1);
    }

    /// In ascending order.
    public List<ReplicaId> replicas() {
        return byReplica.replicas();
    }

    /// Replica by replica, ascending, disjoint and never touching: the same set has the same
    /// ranges.
    public List<DotRange> ranges() {
        var ranges = new ArrayList<DotRange>();
        byReplica.forEach((replica, set) -> {
            for (int i = 0; i < set.count(); i++) {
                ranges.add(new DotRange(replica, set.from(i), set.to(i)));
            }
        });
        return ranges;
    }

    /// How many ranges [#ranges] has.
    public int rangeCount() {
        var count = 0;
        for (int i = 0; i < byReplica.size(); i++) {
            count += byReplica.valueAt(i).count();
        }
        return count;
    }

    public DotSet plus(Dot dot) {
        return plus(dot.replica(), dot.n(), dot.n());
    }

    public DotSet plus(DotRange range) {
        return plus(range.replica(), range.from(), range.to());
    }

    @SuppressWarnings("ReferenceEquality") // only saves a copy
    private DotSet plus(ReplicaId replica, long from, long to) {
        var before = intervals(replica);
        var after = before.plus(from, to);
        return after == before ? this : new DotSet(byReplica.with(replica, after));
    }

    @SuppressWarnings("ReferenceEquality") // only saves a copy
    public DotSet union(DotSet other) {
        if (other.isEmpty() || this == other) {
            return this;
        }
        if (isEmpty()) {
            return other;
        }
        var both = byReplica.union(other.byReplica, Intervals::union);
        return both == byReplica ? this : new DotSet(both);
    }

    public DotSet minus(DotSet other) {
        var rest = ReplicaMap.<Intervals>empty();
        for (var replica : replicas()) {
            var mine = intervals(replica).minus(other.intervals(replica));
            rest = mine.isEmpty() ? rest : rest.with(replica, mine);
        }
        return new DotSet(rest);
    }

    public DotSet intersect(DotSet other) {
        var common = ReplicaMap.<Intervals>empty();
        for (var replica : replicas()) {
            var both = intervals(replica).intersect(other.intervals(replica));
            common = both.isEmpty() ? common : common.with(replica, both);
        }
        return new DotSet(common);
    }

    /// Only what lies in `range`.
    public DotSet within(DotRange range) {
        var mine = intervals(range.replica()).intersect(Intervals.of(range.from(), range.to()));
        return mine.isEmpty()
                ? EMPTY
                : new DotSet(ReplicaMap.<Intervals>empty().with(range.replica(), mine));
    }

    /// The same set when it has at most `max` ranges, else the first `max` of them.
    public DotSet firstRanges(int max) {
        var ranges = ranges();
        if (ranges.size() <= max) {
            return this;
        }
        var first = EMPTY;
        for (var range : ranges.subList(0, max)) {
            first = first.plus(range);
        }
        return first;
    }

    private Intervals intervals(ReplicaId replica) {
        return byReplica.getOr(replica, Intervals.NONE);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DotSet that && byReplica.equals(that.byReplica);
    }

    @Override
    public int hashCode() {
        return byReplica.hashCode();
    }

    @Override
    public String toString() {
        return ranges().toString();
    }
}
