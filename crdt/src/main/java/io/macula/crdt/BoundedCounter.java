package io.macula.crdt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A counter that never falls below zero, without asking anybody: a replica may count down only
/// what it counted up itself or was given by others (escrow; Balegas et al. 2015).
public final class BoundedCounter extends Crdt<BoundedCounter> {

    public static final BoundedCounter ZERO = new BoundedCounter(
            Causal.empty(Type.BOUNDED_COUNTER));

    BoundedCounter(Causal state) {
        super(state);
    }

    @Override
    BoundedCounter with(Causal newState) {
        return new BoundedCounter(newState);
    }

    /// The delta that counts `by` up, 1 or more; the writer may count as much down again.
    public BoundedCounter increment(Dot dot, long by) {
        Tallies.requirePositive(by);
        var own = own(dot);
        return replace(dot, new Leaf.Escrow(Tallies.plus(own.tally(), by, 0), own.gifts()));
    }

    /// The delta that counts `by` down; empty when the writer has not the right to so much.
    public Optional<BoundedCounter> decrement(Dot dot, long by) {
        Tallies.requirePositive(by);
        if (rights(dot) < by) {
            return Optional.empty();
        }
        var own = own(dot);
        return Optional
                .of(replace(dot, new Leaf.Escrow(Tallies.plus(own.tally(), 0, by), own.gifts())));
    }

    /// The delta that gives `amount` of the writer's rights to another replica; empty when it has
    /// not so many.
    public Optional<BoundedCounter> give(Dot dot, ReplicaId to, long amount) {
        Tallies.requirePositive(amount);
        if (to.equals(dot.replica())) {
            throw new IllegalArgumentException("rights are given to others");
        }
        if (rights(dot) < amount) {
            return Optional.empty();
        }
        var own = own(dot);
        return Optional
                .of(replace(dot, new Leaf.Escrow(own.tally(), plus(own.gifts(), to, amount))));
    }

    public long value() {
        return Tallies.total(state.leaves().at(Bytes.EMPTY));
    }

    /// How much the replica may count down in a change at `dot`. A replica that forgot changes of
    /// its own (there is a gap among its dots) may have spent what it had before, so only what it
    /// counted up since is its to spend.
    public long rights(Dot dot) {
        var own = own(dot);
        var counted = own.tally().up() - own.tally().down() - own.given();
        return hasForgotten(dot) ? counted : counted + received(dot.replica());
    }

    private boolean hasForgotten(Dot dot) {
        return dot.n() > 1
                && !state.known().containsAll(new DotRange(dot.replica(), 1, dot.n() - 1));
    }

    private long received(ReplicaId replica) {
        return Tallies.current(state.leaves().at(Bytes.EMPTY))
                .stream()
                .flatMap(entry -> ((Leaf.Escrow) entry.leaf()).gifts().stream())
                .filter(gift -> gift.to().equals(replica))
                .mapToLong(Leaf.Gift::amount)
                .sum();
    }

    private Leaf.Escrow own(Dot dot) {
        return Tallies.own(state, dot)
                .map(entry -> (Leaf.Escrow) entry.leaf())
                .orElseGet(() -> new Leaf.Escrow(new Leaf.Tally(dot.n(), 0, 0), List.of()));
    }

    private BoundedCounter replace(Dot dot, Leaf.Escrow escrow) {
        return with(
                state.write(dot, Bytes.EMPTY, escrow, Tallies.own(state, dot).stream().toList()));
    }

    private static List<Leaf.Gift> plus(List<Leaf.Gift> gifts, ReplicaId to, long amount) {
        var after = new ArrayList<Leaf.Gift>();
        long before = 0;
        for (var gift : gifts) {
            if (gift.to().equals(to)) {
                before = gift.amount();
            } else {
                after.add(gift);
            }
        }
        after.add(new Leaf.Gift(to, Math.addExact(before, amount)));
        after.sort((a, b) -> a.to().compareTo(b.to()));
        return after;
    }
}
