package io.macula.runtime.coordination;

import io.macula.actors.cluster.ClusterAddress;
import io.macula.actors.cluster.ClusterView;
import io.macula.coordination.raft.Beginning;
import io.macula.coordination.raft.Electorate;
import io.macula.coordination.raft.VoterAddress;
import io.macula.coordination.raft.VoterSet;
import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides what a member does for the voters of its Cluster: whether it founds the group, learns of it, starts
/// or gives up its voter, and, as the leader's member, who shall vote. Pure. Who may found is decided by
/// [FirstVoters], who shall vote by [Succession].
///
/// @param succession what the leader's member remembers of the voters; empty on others
/// @param wanted ids of voters that shall start
/// @param outSince since when this member's voter has been no part of the group; null while it is one
record VoterPlan(Succession succession, Set<String> wanted, @Nullable Duration outSince) {

    static final VoterPlan NONE = new VoterPlan(Succession.NONE, Set.of(), null);

    /// This member's own voter.
    sealed interface Standing {

        /// It does not run.
        ///
        /// @param hasDisk whether there is something to go on from
        /// @param hadDisk whether there once was, under its present id
        record Idle(boolean hasDisk, boolean hadDisk) implements Standing {}

        /// It runs.
        ///
        /// @param electorate who votes, as it knows from its log
        record Runs(boolean leads, boolean isAlive, Optional<Electorate> electorate)
                implements
                    Standing {}
    }

    /// What another member said.
    ///
    /// @param at when it was heard
    record Heard(Word word, Duration at) {}

    /// How this member is told to take part.
    ///
    /// @param seeds where members of the Cluster are looked for; none for a Cluster of its own
    record Rules(List<ClusterAddress> seeds, int votersMax, Duration replaceAfter) {

        Rules {
            seeds = List.copyOf(seeds);
        }
    }

    /// What this member knows at one moment.
    ///
    /// @param own where its voter listens, or would
    /// @param known who votes, as it has on disk
    /// @param now from any fixed point on, as fast as a monotonic clock
    record Facts(VoterAddress own, Optional<Electorate> known, Standing standing, ClusterView view,
            Map<NodeId, Heard> heard, Duration now) {

        Facts {
            heard = Map.copyOf(heard);
        }

        /// What a member said, if that is not too old.
        Optional<Word> fresh(NodeId node) {
            var said = heard.get(node);
            return said == null || said.at().plus(FRESH).compareTo(now) < 0
                    ? Optional.empty()
                    : Optional.of(said.word());
        }
    }

    sealed interface Effect {

        /// Draw the id of a new group, keep it on disk, and tell the others.
        record Found(List<VoterAddress> voters) implements Effect {}

        /// Keep on disk who votes.
        record Learn(Electorate electorate) implements Effect {}

        /// Start this member's voter.
        record Start(Beginning beginning, Electorate electorate) implements Effect {}

        /// End this member's voter, which broke; it is started again from its disk.
        record Stop() implements Effect {}

        /// End this member's voter for ever, and draw a new id for the next one.
        record Renew() implements Effect {}

        /// Make these the voters.
        record Change(VoterSet voters) implements Effect {}
    }

    record Step(VoterPlan next, List<Effect> effects) {}

    /// How long a word counts; each is said again much sooner.
    static final Duration FRESH = Duration.ofSeconds(3);

    /// How long a voter is out of the group before it is given up: longer than news of a change takes.
    static final Duration OUT_MAX = Duration.ofSeconds(10);

    VoterPlan {
        wanted = Set.copyOf(wanted);
    }

    Step look(Facts facts, Rules rules) {
        var effects = new ArrayList<Effect>();
        var newest = newest(facts);
        newest.filter(learnt -> !facts.known().equals(Optional.of(learnt)))
                .map(Effect.Learn::new)
                .ifPresent(effects::add);
        if (newest.isEmpty()) {
            FirstVoters.of(facts, rules).map(Effect.Found::new).ifPresent(effects::add);
            return new Step(NONE, effects);
        }
        var out = out(facts, newest.get());
        own(facts, newest.get(), out).ifPresent(effects::add);
        return leading(facts).map(voters -> lead(facts, rules, voters, effects))
                .orElseGet(() -> new Step(new VoterPlan(Succession.NONE, Set.of(), out), effects));
    }

    /// A member that knows of a group never takes up another one. Of several that it hears of, the one
    /// with the lowest id, so that all who hear the same decide the same.
    private static Optional<Electorate> newest(Facts facts) {
        var told = new ArrayList<Electorate>();
        facts.known().ifPresent(told::add);
        if (facts.standing() instanceof Standing.Runs(_, _, var logged)) {
            logged.ifPresent(told::add);
        }
        facts.heard().values().forEach(each -> each.word().electorate().ifPresent(told::add));
        var group = facts.known()
                .map(Electorate::group)
                .or(() -> told.stream().map(Electorate::group).sorted().findFirst());
        return group.flatMap(id -> told.stream()
                .filter(each -> each.group().equals(id))
                .reduce((first, next) -> next.revision() > first.revision() ? next : first));
    }

    /// Since when the voters have gone on without the one of this member, while it runs.
    private @Nullable Duration out(Facts facts, Electorate newest) {
        return switch (facts.standing()) {
            case Standing.Idle _ -> outSince;
            case Standing.Runs(_, _, var logged) -> {
                boolean isOut = logged.isPresent() && !newest.has(facts.own().id())
                        && !isWanted(facts, newest);
                yield !isOut ? null : outSince == null ? facts.now() : outSince;
            }
        };
    }

    private static Optional<Effect> own(Facts facts, Electorate newest, @Nullable Duration out) {
        return switch (facts.standing()) {
            case Standing.Idle(var hasDisk, _) when hasDisk ->
                Optional.of(new Effect.Start(Beginning.RESUME, newest));
            case Standing.Idle(_, var hadDisk) when hadDisk -> Optional.of(new Effect.Renew());
            case Standing.Idle _ -> begin(facts, newest);
            case Standing.Runs _ when out != null
                    && out.plus(OUT_MAX).compareTo(facts.now()) <= 0 ->
                Optional.of(new Effect.Renew());
            case Standing.Runs(_, var isAlive, _) ->
                isAlive ? Optional.empty() : Optional.of(new Effect.Stop());
        };
    }

    /// A voter whose id was never used: with the others who found the group, or into a group that is
    /// there.
    private static Optional<Effect> begin(Facts facts, Electorate newest) {
        if (newest.has(facts.own().id())) {
            var beginning = newest.revision() == 0 ? Beginning.FORM : Beginning.JOIN;
            return beginning == Beginning.JOIN || mayForm(facts, newest.voters())
                    ? Optional.of(new Effect.Start(beginning, newest))
                    : Optional.empty();
        }
        return isWanted(facts, newest)
                ? Optional.of(new Effect.Start(Beginning.JOIN, newest))
                : Optional.empty();
    }

    /// The first of those who found the group calls the first election. It starts when a majority can answer: a
    /// connection that finds nobody is not tried again for a second.
    private static boolean mayForm(Facts facts, List<VoterAddress> founders) {
        var members = Attendance.of(facts);
        return !founders.getFirst().id().equals(facts.own().id()) || 2 * founders.stream()
                .filter(each -> members.isServing(each.id()))
                .count() > founders.size();
    }

    private static boolean isWanted(Facts facts, Electorate newest) {
        return facts.heard()
                .keySet()
                .stream()
                .flatMap(node -> facts.fresh(node).stream())
                .anyMatch(word -> word.wanted().contains(facts.own().id()) && word.electorate()
                        .map(Electorate::group)
                        .equals(Optional.of(newest.group())));
    }

    private static Optional<Electorate> leading(Facts facts) {
        return facts.standing() instanceof Standing.Runs(var leads, var isAlive, var electorate)
                && leads && isAlive && facts.view().isUp() ? electorate : Optional.empty();
    }

    /// Newcomers vote only when their voters run, because a group waits for whoever it has taken in.
    private Step lead(Facts facts, Rules rules, Electorate voters, List<Effect> effects) {
        var members = Attendance.of(facts);
        var remembered = succession.seen(members, voters, facts.now());
        var target = remembered.next(voters, members, rules, facts.own(), facts.now());
        var newcomers = target.stream().filter(each -> !voters.has(each.id())).toList();
        if (!target.equals(voters.voters())
                && newcomers.stream().allMatch(each -> members.isServing(each.id()))) {
            effects.add(new Effect.Change(new VoterSet(voters.group(), target)));
        }
        var ids = newcomers.stream().map(VoterAddress::id).toList();
        return new Step(new VoterPlan(remembered, Set.copyOf(ids), null), effects);
    }
}
