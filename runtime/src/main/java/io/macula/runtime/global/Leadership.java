package io.macula.runtime.global;

import io.macula.app.coordination.Fence;
import io.macula.app.coordination.FencedSession;
import io.macula.app.coordination.Standing;
import java.time.Duration;

/// What an instance stands on: its branch, and how it knows that it still leads.
sealed interface Leadership {

    /// How a look at it came out.
    enum Look {
        LEADS, LEADS_NO_MORE,
        /// No majority of the voters could be asked.
        NO_QUORUM
    }

    /// The branch it writes into.
    String branch();

    /// Whether it may go on; asks nobody while it is sure.
    Look look(Duration patience);

    /// Whether it leads, decided by the voters.
    Look confirm(Duration patience);

    /// Leads under a fence.
    record Fenced(FencedSession session, String election, Fence fence) implements Leadership {

        @Override
        public String branch() {
            return Branches.branch(fence);
        }

        @Override
        public Look look(Duration patience) {
            return session.isFresh() ? Look.LEADS : confirm(patience);
        }

        @Override
        public Look confirm(Duration patience) {
            return switch (session.isLeader(election, patience).toCompletableFuture().join()) {
                case Standing.Leads(var now) when now.equals(fence) -> Look.LEADS;
                case Standing.Leads _,Standing.Follows _,Standing.Vacant _ -> Look.LEADS_NO_MORE;
                case io.macula.app.coordination.NoQuorum _ -> Look.NO_QUORUM;
                case io.macula.app.coordination.SessionLost _ -> Look.LEADS_NO_MORE;
                case io.macula.app.coordination.Refused _ -> Look.NO_QUORUM;
            };
        }
    }

    /// Leads because nobody who comes first can be reached.
    record Advisory() implements Leadership {

        @Override
        public String branch() {
            return Branches.COMMON;
        }

        @Override
        public Look look(Duration patience) {
            return Look.LEADS;
        }

        @Override
        public Look confirm(Duration patience) {
            return Look.LEADS;
        }
    }
}
