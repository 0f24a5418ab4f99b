package io.macula.coordination.raft;

import java.nio.file.Path;
import java.util.UUID;

/// What a voter needs to start.
///
/// @param set
///            whom it votes with; itself among them unless it joins
/// @param directory
///            its own, for the log and the snapshots
public record VoterConfig(VoterAddress self, VoterSet set, Path directory, Beginning beginning,
        ElectionProfile profile, Transport transport) {

    public VoterConfig {
        if (beginning == Beginning.FORM && !set.voters().contains(self)) {
            throw new IllegalArgumentException(self.id() + " is not one of the voters it forms");
        }
    }

    UUID group() {
        return set.group();
    }
}
