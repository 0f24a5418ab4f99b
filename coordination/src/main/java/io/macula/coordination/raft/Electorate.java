package io.macula.coordination.raft;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Who votes in a group, as of one of its changes. While a change is under way there may be two, four or
/// six.
///
/// @param revision
///            0 as it was founded; else grows with every change
public record Electorate(UUID group, long revision, List<VoterAddress> voters) {

    /// A change brings in at most one voter before another one goes.
    public static final int VOTERS_MAX = 6;

    public Electorate {
        voters = List.copyOf(voters);
        if (revision < 0 || voters.isEmpty() || voters.size() > VOTERS_MAX
                || voters.stream().map(VoterAddress::id).distinct().count() != voters.size()) {
            throw new IllegalArgumentException(
                    "no electorate: " + voters + " at revision " + revision);
        }
    }

    public boolean has(String id) {
        return voters.stream().anyMatch(voter -> voter.id().equals(id));
    }

    /// The same as a set; empty while a change is under way.
    public Optional<VoterSet> set() {
        return VoterSet.isSize(voters.size())
                ? Optional.of(new VoterSet(group, voters))
                : Optional.empty();
    }
}
