package io.macula.runtime;

import io.macula.actors.local.Local;
import io.macula.actors.local.LocalProcedures;
import io.macula.actors.local.LocalSubscriptions;
import io.macula.actors.rpc.CallLedger;
import io.macula.runtime.trace.TraceQuestion;
import io.macula.runtime.trace.Traces;
import java.time.Duration;
import java.util.concurrent.Executor;

/// The tables of a node's own wishes, within its settings.
final class NodeTables {

    /// Messages of one subscription that wait for its handler.
    private static final int SUBSCRIPTION_QUEUE_MAX = 65_536;

    /// How long a message id is remembered: longer than any detour through the mesh takes.
    private static final Duration DEDUP_KEEP = Duration.ofSeconds(10);

    /// Requests that run at once on one node.
    private static final int REQUESTS_MAX = 1_000;

    private NodeTables() {}

    /// @param crew runs requests; subscriptions keep their threads themselves
    static Local of(Tuning tuning, Executor executor, Crew crew, Traces traces) {
        var bounds = new LocalSubscriptions.Bounds(tuning.subscriptionsMaxPerClient(),
                SUBSCRIPTION_QUEUE_MAX, tuning.dedupWindow(), DEDUP_KEEP);
        var procedures = new LocalProcedures(tuning.proceduresMaxPerClient(), REQUESTS_MAX,
                crew, traces.tracing());
        TraceQuestion.answered(procedures, traces);
        return new Local(
                new LocalSubscriptions(bounds, executor, System::nanoTime, traces.tracing()),
                procedures, new CallLedger(tuning.pendingCallsMax()), traces.tracing());
    }
}
