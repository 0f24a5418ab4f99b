package io.macula.runtime.workload;

import io.macula.app.coordination.FencedCoordination;
import io.macula.app.coordination.FencedSession;
import io.macula.app.coordination.LeadershipChange;
import io.macula.app.coordination.Opening;
import io.macula.app.coordination.Standing;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// [FencedCoordination] of which the sessions and watches belong to a workload.
record WorkloadCoordination(FencedCoordination fenced, Belongings belongings)
        implements
            FencedCoordination {

    @Override
    public CompletionStage<Opening> open(String owner, Duration timeToLive, Duration timeout) {
        return fenced.open(owner, timeToLive, timeout).thenApply(opening -> {
            if (opening instanceof Opening.Opened(var session)) {
                keep(session);
            }
            return opening;
        });
    }

    private void keep(FencedSession session) {
        belongings.add(session);
        var _ = session.ended().thenRun(() -> belongings.forget(session));
    }

    @Override
    public CompletionStage<Standing> leader(String election, Duration timeout) {
        return fenced.leader(election, timeout);
    }

    @Override
    public Watch onLeadershipChange(String election, Consumer<LeadershipChange> listener) {
        return belongings.add(new Owned(fenced.onLeadershipChange(election, listener), belongings));
    }

    private record Owned(Watch watch, Belongings belongings) implements Watch {

        @Override
        public void close() {
            belongings.forget(this);
            watch.close();
        }
    }
}
