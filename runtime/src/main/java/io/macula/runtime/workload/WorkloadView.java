package io.macula.runtime.workload;

/// What a node knows of one of its workloads at a moment.
///
/// @param restarts
///            how often it was started again by itself since it was deployed or the node started
/// @param problem
///            why it is not running or not healthy, as one sentence; empty when all is well
public record WorkloadView(String name, String version, State state, int restarts,
        String problem) {

    /// Where a workload stands.
    public enum State {
        /// Its processes are being started. Goes to `RUNNING` or `FAILED`.
        STARTING,
        /// Goes to `UNHEALTHY`, `FAILED` or `DRAINING`.
        RUNNING,
        /// Runs, and says of itself that it is not well. Goes back to `RUNNING`, or as that.
        UNHEALTHY,
        /// Ended by itself or did not start; goes to `STARTING` after a pause.
        FAILED,
        /// Finishes what runs. Goes to `STOPPED`.
        DRAINING,
        /// Was stopped; goes to `STARTING` when it is started again.
        STOPPED
    }
}
