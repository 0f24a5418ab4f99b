package io.macula.runtime.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.json.Json;
import io.macula.supervision.Event;
import io.macula.supervision.Occurrence;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.function.Consumer;

/// The last things that supervisors of this node did. Costs nothing while all is well. Safe to use from any
/// thread.
final class Happenings implements Consumer<Occurrence> {

    /// What is remembered.
    static final int KEPT_MAX = 120;

    private record Numbered(long number, Occurrence occurrence) {}

    private final Deque<Numbered> last = new ArrayDeque<>();
    private final Runnable heard;
    private long next;

    /// @param heard
    ///            told after each, in the thread of the supervisor: must not block
    Happenings(Runnable heard) {
        this.heard = heard;
    }

    @Override
    public void accept(Occurrence occurrence) {
        synchronized (this) {
            last.addLast(new Numbered(next++, occurrence));
            if (last.size() > KEPT_MAX) {
                last.removeFirst();
            }
        }
        heard.run();
    }

    /// Rows by number, the oldest first.
    synchronized Sheet sheet() {
        var rows = new LinkedHashMap<String, JsonNode>();
        last.forEach(each -> rows.put(Long.toString(each.number()), row(each.occurrence())));
        return new Sheet(rows);
    }

    private static ObjectNode row(Occurrence occurrence) {
        var row = Json.object()
                .put("at", occurrence.at().toEpochMilli())
                .put("where", occurrence.supervisor().child(occurrence.event().id()).toString());
        return switch (occurrence.event()) {
            case Event.Started(_, var generation) ->
                row.put("what", "started").put("gen", generation);
            case Event.StartFailed(_, var reason) ->
                row.put("what", "start failed").put("why", TreeRows.cut(reason.text()));
            case Event.Ignored _ -> row.put("what", "nothing to run");
            case Event.Exited(_, var generation, var exit) -> row.put("what", "exited")
                    .put("gen", generation)
                    .put("why", TreeRows.cut(exit.text()));
            case Event.GaveUp(_, var restarts, var period) -> row.put("what", "gave up")
                    .put("why", restarts + " restarts in " + period.toSeconds() + " s");
            case Event.Abandoned(_, var generation, _) ->
                row.put("what", "abandoned").put("gen", generation);
        };
    }
}
