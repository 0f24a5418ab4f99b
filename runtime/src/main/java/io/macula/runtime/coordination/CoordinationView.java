package io.macula.runtime.coordination;

import io.macula.coordination.raft.VoterAddress;
import java.util.List;
import java.util.Optional;

/// What a member knew of its Cluster's coordination at one moment.
///
/// @param group the id of the group, empty while none is known
/// @param revision grows with every change of the voters
/// @param own the id of this member's voter, empty before its folder was read
/// @param state what this member's own voter does
/// @param problem what keeps it from running, as one sentence; empty when nothing does
public record CoordinationView(String group, long revision, List<VoterAddress> voters, String own,
        State state, String problem) {

    /// What a member's voter does.
    public enum State {
        /// It does not run: this member asks others.
        CLIENT,
        /// It runs.
        VOTER,
        /// It runs, and believed to lead when it last heard of a majority.
        LEADER
    }

    static final CoordinationView NONE = new CoordinationView("", 0, List.of(), "",
            State.CLIENT, "");

    public CoordinationView {
        voters = List.copyOf(voters);
    }

    static CoordinationView of(OwnPlace place, VoterPlan.Standing standing, String problem) {
        var known = place.electorate();
        return new CoordinationView(known.map(each -> each.group().toString()).orElse(""),
                known.map(each -> each.revision()).orElse(0L),
                known.map(each -> each.voters()).orElse(List.of()), place.address().id(),
                state(standing), problem);
    }

    private static State state(VoterPlan.Standing standing) {
        return switch (standing) {
            case VoterPlan.Standing.Idle _ -> State.CLIENT;
            case VoterPlan.Standing.Runs(var leads, _, _) -> leads ? State.LEADER : State.VOTER;
        };
    }

    CoordinationView withProblem(String sentence) {
        return new CoordinationView(group, revision, voters, own, state, sentence);
    }

    /// This member's own voter, when it is one.
    public Optional<VoterAddress> ownVoter() {
        return voters.stream().filter(voter -> voter.id().equals(own)).findFirst();
    }
}
