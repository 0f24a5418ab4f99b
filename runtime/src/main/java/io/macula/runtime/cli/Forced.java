package io.macula.runtime.cli;

import io.macula.actors.trace.Doing;
import io.macula.runtime.Node;
import java.util.function.IntSupplier;

/// What a command does, recorded as a trace if the user asked for that. What this process itself keeps of
/// the trace ends with it, so the trace begins at the first node.
final class Forced {

    private final Console console;
    private final boolean isWanted;
    private final Doing doing;
    private final String what;

    Forced(Console console, boolean isWanted, Doing doing, String what) {
        this.console = console;
        this.isWanted = isWanted;
        this.doing = doing;
        this.what = what;
    }

    int run(Node node, IntSupplier work) {
        if (!isWanted) {
            return work.getAsInt();
        }
        var span = node.traces().tracing().forced(doing, what);
        span.traceId()
                .ifPresent(id -> console.say("trace " + id + "; see it with 'macula trace " + id
                        + "'"));
        try (var _ = span.enter()) {
            return work.getAsInt();
        } finally {
            span.end();
        }
    }
}
