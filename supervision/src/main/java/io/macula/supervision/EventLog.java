package io.macula.supervision;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Writes a tree's events to the log: what ends a supervisor or cannot be ended as errors, failures
/// as warnings, the rest for debugging.
final class EventLog {

    private static final Logger LOG = LoggerFactory.getLogger(Tree.class);

    private final boolean on;

    EventLog(boolean on) {
        this.on = on;
    }

    /// @param treeIsUp false while the whole tree starts for the first time: whoever starts it is
    ///     told why it does not, and need not read it in the log as well
    void write(Occurrence occurrence, boolean treeIsUp) {
        if (!on) {
            return;
        }
        var event = occurrence.event();
        switch (event) {
            case Event.Started(_, int generation) ->
                say(Level.DEBUG, occurrence, "generation", generation, null, "child started");
            case Event.Ignored _ ->
                say(Level.DEBUG, occurrence, "running", false, null, "child has nothing to run");
            case Event.StartFailed(_, var reason) ->
                say(treeIsUp ? Level.WARN : Level.DEBUG, occurrence,
                        "reason", reason.text(), cause(reason),
                        "child did not start");
            case Event.Exited(_, _, var exit) ->
                say(exit.isAbnormal() ? Level.WARN : Level.DEBUG, occurrence,
                        "exit", exit.text(), cause(exit), "child ended");
            case Event.GaveUp(_, int restarts, var period) -> say(Level.ERROR, occurrence, "limit",
                    restarts + " in " + period, null, "restart limit reached, supervisor gives up");
            case Event.Abandoned(_, _, var stack) -> say(Level.ERROR, occurrence, "at",
                    stack.isEmpty() ? "unknown" : stack.getFirst(), null,
                    "child ignores interruption and is left behind");
        }
    }

    private static @Nullable Throwable cause(Exit exit) {
        return exit instanceof Exit.Failed(var cause) ? cause : null;
    }

    private static void say(Level level, Occurrence occurrence, String key, Object value,
            @Nullable Throwable cause, String message) {
        if (!LOG.isEnabledForLevel(level)) {
            return;
        }
        LOG.atLevel(level)
                .addKeyValue("child", occurrence.supervisor().child(occurrence.event().id()))
                .addKeyValue(key, value)
                .setCause(cause)
                .log(message);
    }

    /// A listener's fault must not end the supervisor that tells it.
    void guarded(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException fault) {
            LOG.atWarn().setCause(fault).log("a listener of supervision events failed");
        }
    }
}
