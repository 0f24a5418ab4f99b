package io.macula.runtime.coordination;

import io.macula.actors.cluster.ClusterView;
import io.macula.coordination.raft.VoterAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The members that could vote at one moment, this one among them, in the order of the Cluster's list: full
/// members in reach that have just told where their voter listens. Pure.
///
/// @param serving ids of those whose voter runs
record Attendance(List<VoterAddress> there, Set<String> serving) {

    Attendance {
        there = List.copyOf(there);
        serving = Set.copyOf(serving);
    }

    static Attendance of(VoterPlan.Facts facts) {
        var there = new ArrayList<VoterAddress>();
        var serving = new HashSet<String>();
        for (var member : facts.view().members()) {
            if (member.isSelf()) {
                there.add(facts.own());
                serving.add(facts.own().id());
            } else if (isThere(member)) {
                facts.fresh(member.node()).ifPresent(word -> {
                    there.add(word.address());
                    if (word.isServing()) {
                        serving.add(word.address().id());
                    }
                });
            }
        }
        return new Attendance(there, serving);
    }

    static boolean isThere(ClusterView.Member member) {
        return member.isReachable() && member.status().equals("up");
    }

    boolean isServing(String id) {
        return serving.contains(id);
    }
}
