package io.macula.runtime.coordination;

import io.macula.coordination.raft.Electorate;
import io.macula.coordination.raft.VoterAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Decides who votes next, on the leader's member. Pure.
///
/// There come to be as many voters as there are members for, and never fewer than there were: who is away
/// for long is replaced when there is somebody to replace it, one at a time. So the voters are always one, three
/// or five, and a majority of the old ones is among the new.
///
/// @param missing since when voters are away, or their members are there without them
/// @param there since when members that do not vote are there
record Succession(Map<String, Duration> missing, Map<String, Duration> there) {

    static final Succession NONE = new Succession(Map.of(), Map.of());

    /// How long somebody has to be there to become a voter.
    static final Duration SETTLED = Duration.ofSeconds(2);

    Succession {
        missing = Map.copyOf(missing);
        there = Map.copyOf(there);
    }

    Succession seen(Attendance members, Electorate voters, Duration now) {
        var away = new HashMap<String, Duration>();
        for (var voter : voters.voters()) {
            if (!members.isServing(voter.id())) {
                away.put(voter.id(), missing.getOrDefault(voter.id(), now));
            }
        }
        var present = new HashMap<String, Duration>();
        for (var member : members.there()) {
            if (!voters.has(member.id())) {
                present.put(member.id(), there.getOrDefault(member.id(), now));
            }
        }
        return new Succession(away, present);
    }

    /// Who shall vote; the same as now when nothing is to be changed.
    List<VoterAddress> next(Electorate voters, Attendance members, VoterPlan.Rules rules,
            VoterAddress self, Duration now) {
        var ready = members.there()
                .stream()
                .filter(member -> isSettled(member.id(), now))
                .toList();
        int size = voters.voters().size();
        if (size % 2 == 0) {
            return ready.size() < there.size()
                    ? voters.voters()
                    : completed(voters, ready, rules, self);
        }
        int wanted = FirstVoters.size(size - missing.size() + ready.size(), rules.votersMax());
        if (missing.isEmpty() && wanted > size && ready.size() >= 2) {
            return with(voters.voters(), ready.subList(0, 2));
        }
        var gone = gone(voters, rules, now);
        return gone.isEmpty() || ready.isEmpty()
                ? voters.voters()
                : replaced(voters.voters(), gone.getFirst(), ready.getFirst());
    }

    private boolean isSettled(String id, Duration now) {
        var since = there.get(id);
        return since != null && since.plus(SETTLED).compareTo(now) <= 0;
    }

    private List<VoterAddress> gone(Electorate voters, VoterPlan.Rules rules, Duration now) {
        return voters.voters().stream().filter(voter -> {
            var since = missing.get(voter.id());
            return since != null && since.plus(rules.replaceAfter()).compareTo(now) <= 0;
        }).toList();
    }

    /// A change stopped half way, with one voter too many: takes out one who is away, else the one who
    /// came last, which goes back to what was; or goes on where there is somebody to make it odd again.
    private List<VoterAddress> completed(Electorate voters, List<VoterAddress> ready,
            VoterPlan.Rules rules, VoterAddress self) {
        var away = voters.voters()
                .stream()
                .filter(voter -> missing.containsKey(voter.id()))
                .findFirst();
        if (away.isEmpty() && !ready.isEmpty() && voters.voters().size() < rules.votersMax()) {
            return with(voters.voters(), ready.subList(0, 1));
        }
        var out = away.orElseGet(() -> voters.voters()
                .reversed()
                .stream()
                .filter(voter -> !voter.id().equals(self.id()))
                .findFirst()
                .orElseThrow());
        return voters.voters().stream().filter(voter -> !voter.equals(out)).toList();
    }

    private static List<VoterAddress> replaced(List<VoterAddress> voters, VoterAddress gone,
            VoterAddress next) {
        return with(voters.stream().filter(voter -> !voter.equals(gone)).toList(), List.of(next));
    }

    private static List<VoterAddress> with(List<VoterAddress> voters, List<VoterAddress> more) {
        var all = new ArrayList<>(voters);
        all.addAll(more);
        return all;
    }
}
