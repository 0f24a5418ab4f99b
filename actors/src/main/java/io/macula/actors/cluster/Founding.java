package io.macula.actors.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Decides whether a node that is no member joins a Cluster, founds one, or goes on looking. Pure.
///
/// It asks everybody it knows of: the seeds, and whoever was a member with it before. Somebody who is
/// a member is joined. A Cluster is founded only by the first in order of those who hear each other,
/// and only when these are all, or the majority for [#SETTLE]: the smaller side of a partition never
/// founds a second Cluster beside the first, however long it waits.
///
/// @param known whom to ask, this node included when it may found; seeds first, in their order
/// @param heard who was heard of, when, and whether it is a member
/// @param quorum the majority that may found; null while there is none, or somebody else is first
/// @param joinedAt when a join was last tried; null before
record Founding(ClusterAddress self, SequencedSet<ClusterAddress> known,
        Map<ClusterAddress, Heard> heard, @Nullable Quorum quorum, @Nullable Instant joinedAt) {

    /// How long a majority that is not everybody waits for the rest.
    static final Duration SETTLE = Duration.ofSeconds(5);

    /// How long a word of somebody counts.
    static final Duration FRESH = Duration.ofSeconds(2);

    /// How long a join may take before it is tried again.
    static final Duration JOIN_AGAIN = Duration.ofSeconds(5);

    /// Addresses remembered at once; a Cluster has ten members.
    static final int HEARD_MAX = 100;

    record Heard(Instant at, boolean isMember) {}

    /// Those who hear each other, and since when it has been them.
    record Quorum(List<ClusterAddress> present, Instant since) {}

    sealed interface Effect {
        /// Ask whether there is a Cluster.
        record Ask(ClusterAddress whom) implements Effect {}

        /// Join by way of one of these members.
        record Join(List<ClusterAddress> members) implements Effect {}

        /// Begin a Cluster.
        record Found() implements Effect {}
    }

    record Step(Founding next, List<Effect> effects) {}

    Founding {
        known = new LinkedHashSet<>(known);
        heard = Map.copyOf(heard);
    }

    /// @param before members of the last Cluster this node was in
    static Founding of(ClusterAddress self, List<ClusterAddress> seeds,
            List<ClusterAddress> before) {
        var known = new LinkedHashSet<ClusterAddress>(seeds);
        before.stream().sorted().forEach(known::add);
        if (known.isEmpty()) {
            known.add(self);
        }
        return new Founding(self, known, Map.of(), null, null);
    }

    /// Somebody said something. Strangers are heard too: they may be members by now.
    Founding heard(ClusterAddress from, boolean isMember, Instant now) {
        if (from.equals(self) || heard.size() >= HEARD_MAX && !heard.containsKey(from)) {
            return this;
        }
        var next = new HashMap<>(heard);
        next.put(from, new Heard(now, isMember));
        return new Founding(self, known, next, quorum, joinedAt);
    }

    /// The node is still no member, and time went by.
    Step ticked(Instant now) {
        var fresh = fresh(now);
        var effects = new ArrayList<Effect>();
        known.stream()
                .filter(each -> !each.equals(self))
                .map(Effect.Ask::new)
                .forEach(effects::add);
        var members = fresh.entrySet()
                .stream()
                .filter(each -> each.getValue().isMember())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        if (!members.isEmpty()) {
            return joining(fresh, members, effects, now);
        }
        return waiting(fresh, effects, now);
    }

    private Map<ClusterAddress, Heard> fresh(Instant now) {
        var fresh = new HashMap<>(heard);
        fresh.values().removeIf(each -> each.at().plus(FRESH).isBefore(now));
        return fresh;
    }

    private Step joining(Map<ClusterAddress, Heard> fresh, List<ClusterAddress> members,
            List<Effect> effects, Instant now) {
        if (joinedAt != null && now.isBefore(joinedAt.plus(JOIN_AGAIN))) {
            return new Step(new Founding(self, known, fresh, null, joinedAt), effects);
        }
        effects.add(new Effect.Join(members));
        return new Step(new Founding(self, known, fresh, null, now), effects);
    }

    private Step waiting(Map<ClusterAddress, Heard> fresh, List<Effect> effects, Instant now) {
        var present = known.stream()
                .filter(each -> each.equals(self) || fresh.containsKey(each))
                .toList();
        var isFounder = !present.isEmpty() && present.getFirst().equals(self)
                && 2 * present.size() > known.size();
        if (!isFounder) {
            return new Step(new Founding(self, known, fresh, null, joinedAt), effects);
        }
        var same = quorum != null && quorum.present().equals(present)
                ? quorum
                : new Quorum(present, now);
        if (present.size() == known.size() || !now.isBefore(same.since().plus(SETTLE))) {
            effects.add(new Effect.Found());
        }
        return new Step(new Founding(self, known, fresh, same, joinedAt), effects);
    }
}
