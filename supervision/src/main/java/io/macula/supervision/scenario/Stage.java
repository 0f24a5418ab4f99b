package io.macula.supervision.scenario;

import io.macula.supervision.Event;
import io.macula.supervision.Exit;
import io.macula.supervision.Occurrence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// What the puppets of one run share with its director: how their next starts go, who is alive, and
/// the trace. Safe for all threads.
final class Stage {

    /// A gate holds its supervisor busy and leaves no trace.
    static final String GATE = "~gate";

    private final Map<String, Integer> failures = new HashMap<>();
    private final Map<String, Integer> ignores = new HashMap<>();
    private final Set<String> stuck = new HashSet<>();
    private final Map<String, ActorRef<Puppet.Command>> alive = new HashMap<>();
    private final Map<String, ActorRef<Puppet.Command>> last = new HashMap<>();
    private final Map<String, Integer> generations = new HashMap<>();
    private final List<String> trace = new ArrayList<>();
    private int events;

    synchronized void failNext(String id, int times) {
        failures.put(id, times);
    }

    synchronized void ignoreNext(String id, int times) {
        ignores.put(id, times);
    }

    synchronized void stick(String id) {
        stuck.add(id);
    }

    synchronized boolean isStuck(String id) {
        return stuck.contains(id);
    }

    synchronized boolean takeFailure(String id) {
        return take(failures, id);
    }

    synchronized boolean takeIgnore(String id) {
        return take(ignores, id);
    }

    private static boolean take(Map<String, Integer> times, String id) {
        int left = times.getOrDefault(id, 0);
        times.put(id, Math.max(0, left - 1));
        return left > 0;
    }

    synchronized void enters(String id, ActorRef<Puppet.Command> ref) {
        alive.put(id, ref);
        last.put(id, ref);
    }

    synchronized @Nullable ActorRef<Puppet.Command> alive(String id) {
        return alive.get(id);
    }

    /// The newest incarnation, dead or alive.
    synchronized @Nullable ActorRef<Puppet.Command> last(String id) {
        return last.get(id);
    }

    synchronized int generation(String id) {
        return generations.getOrDefault(id, 0);
    }

    /// How much has happened so far.
    synchronized int events() {
        return events;
    }

    synchronized void hear(Occurrence occurrence) {
        events++;
        var id = occurrence.event().id();
        if (id.equals(GATE)) {
            return;
        }
        switch (occurrence.event()) {
            case Event.Started _ ->
                trace.add("start " + id + "#" + generations.merge(id, 1, Integer::sum));
            case Event.StartFailed _ -> trace.add("startfail " + id);
            case Event.Ignored _ -> trace.add("ignore " + id);
            case Event.Exited(_, _, Exit exit) -> {
                alive.remove(id);
                trace.add("exit " + id + "#" + generation(id) + " " + Words.of(exit));
            }
            case Event.GaveUp _ -> {
            }
            case Event.Abandoned _ -> trace.add("abandoned " + id + "#" + generation(id));
        }
    }

    synchronized void say(String line) {
        trace.add(line);
    }

    /// Says `line` before all that has been said.
    synchronized void sayFirst(String line) {
        trace.addFirst(line);
    }

    synchronized List<String> trace() {
        return List.copyOf(trace);
    }
}
