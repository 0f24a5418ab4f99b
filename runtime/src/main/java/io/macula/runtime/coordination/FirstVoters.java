package io.macula.runtime.coordination;

import io.macula.actors.cluster.ClusterAddress;
import io.macula.actors.cluster.ClusterView;
import io.macula.coordination.raft.VoterAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides whether this member founds the group, and with which voters. Pure.
///
/// Only the first of the seeds ever founds one, and only when every seed is a full member in reach and has just
/// said, as has every other member that takes part, that it knows of no group. Who knows of one keeps that on disk.
/// So a second group needs all seeds to have lost their disks.
final class FirstVoters {

    private FirstVoters() {}

    /// The voters to begin with: the first one, three or five seeds. Empty when nothing is to be
    /// founded.
    static Optional<List<VoterAddress>> of(VoterPlan.Facts facts, VoterPlan.Rules rules) {
        var view = facts.view();
        var self = view.self();
        if (!view.isUp() || self.isEmpty() || facts.known().isPresent() || isTold(facts)) {
            return Optional.empty();
        }
        var seeds = rules.seeds().isEmpty() ? List.of(self.get().address()) : rules.seeds();
        if (!seeds.getFirst().equals(self.get().address()) || !Attendance.isThere(self.get())) {
            return Optional.empty();
        }
        return addresses(facts, seeds)
                .map(all -> all.subList(0, size(all.size(), rules.votersMax())));
    }

    private static boolean isTold(VoterPlan.Facts facts) {
        return facts.heard()
                .values()
                .stream()
                .anyMatch(
                        each -> each.word().electorate().isPresent());
    }

    private static Optional<List<VoterAddress>> addresses(VoterPlan.Facts facts,
            List<ClusterAddress> seeds) {
        var addresses = new ArrayList<VoterAddress>();
        for (var seed : seeds.stream().distinct().toList()) {
            var address = facts.view()
                    .members()
                    .stream()
                    .filter(member -> member.address().equals(seed))
                    .filter(Attendance::isThere)
                    .findFirst()
                    .flatMap(member -> address(facts, member));
            if (address.isEmpty()) {
                return Optional.empty();
            }
            addresses.add(address.get());
        }
        return Optional.of(addresses);
    }

    private static Optional<VoterAddress> address(VoterPlan.Facts facts,
            ClusterView.Member member) {
        return member.isSelf()
                ? Optional.of(facts.own())
                : facts.fresh(member.node()).map(Word::address);
    }

    /// The greatest number of voters that there are members for.
    static int size(int members, int votersMax) {
        int most = Math.min(members, votersMax);
        return most >= 5 ? 5 : most >= 3 ? 3 : 1;
    }
}
