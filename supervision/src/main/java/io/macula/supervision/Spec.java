package io.macula.supervision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;

/// What a supervisor starts, in which order, and how it answers a child's death. Immutable data: it
/// can be printed, compared and checked without an actor system.
///
/// @param intensity restarts allowed within `period`; one more ends the supervisor
/// @param maxChildren most children at a time; only [Strategy#DYNAMIC] refuses more
/// @param abandonAfter how long a killed child may ignore interruption before it is left behind
public record Spec(Strategy strategy, int intensity, Duration period, AutoShutdown autoShutdown,
        int maxChildren,
        Backoff backoff, Duration abandonAfter, List<Child<?>> children) {

    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final Duration ABANDON_AFTER = Duration.ofSeconds(5);

    /// @throws IllegalArgumentException when a value is out of range or two children share an id
    public Spec {
        children = List.copyOf(children);
        if (intensity < 0 || period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("intensity " + intensity + " in " + period
                    + ": needs 0 or more in more than 0");
        }
        if (maxChildren < 1) {
            throw new IllegalArgumentException(
                    "at least one child must be allowed, not " + maxChildren);
        }
        if (strategy == Strategy.DYNAMIC
                && (!children.isEmpty() || autoShutdown != AutoShutdown.NEVER)) {
            throw new IllegalArgumentException(
                    "a dynamic supervisor has no static children and no auto-shutdown");
        }
        var ids = new HashSet<String>();
        for (var child : children) {
            if (!ids.add(child.id())) {
                throw new IllegalArgumentException("two children are called '" + child.id() + "'");
            }
            var fault = fault(child, autoShutdown);
            if (!fault.isEmpty()) {
                throw new IllegalArgumentException(fault);
            }
        }
    }

    /// One restart in five seconds, no children, as OTP's defaults.
    static Spec of(Strategy strategy) {
        return new Spec(strategy, 1, PERIOD, AutoShutdown.NEVER, Integer.MAX_VALUE, Backoff.NONE,
                ABANDON_AFTER,
                List.of());
    }

    public Spec intensity(int restarts, Duration within) {
        return new Spec(strategy, restarts, within, autoShutdown, maxChildren, backoff,
                abandonAfter, children);
    }

    /// To be said before the significant children are added.
    public Spec autoShutdown(AutoShutdown when) {
        return new Spec(strategy, intensity, period, when, maxChildren, backoff, abandonAfter,
                children);
    }

    public Spec backoff(Duration first, Duration most) {
        return new Spec(strategy, intensity, period, autoShutdown, maxChildren,
                new Backoff(first, most),
                abandonAfter, children);
    }

    public Spec abandonAfter(Duration grace) {
        return new Spec(strategy, intensity, period, autoShutdown, maxChildren, backoff, grace,
                children);
    }

    Spec maxChildren(int most) {
        return new Spec(strategy, intensity, period, autoShutdown, most, backoff, abandonAfter,
                children);
    }

    public Spec child(Child<?> child) {
        return children(List.of(child));
    }

    public <T> Spec child(Key<T> key, Behavior<T> behavior) {
        return child(Child.of(key, behavior));
    }

    public <T> Spec child(Key<T> key, Start<T> start) {
        return child(Child.of(key, start));
    }

    public Spec supervisor(String id, Spec nested) {
        return child(Child.supervisor(id, nested));
    }

    /// Adds many children at once, in order.
    public Spec children(Collection<? extends Child<?>> more) {
        var all = new ArrayList<>(children);
        all.addAll(more);
        return new Spec(strategy, intensity, period, autoShutdown, maxChildren, backoff,
                abandonAfter, all);
    }

    /// Why `child` cannot live under a supervisor with this auto-shutdown; empty when it can.
    static String fault(Child<?> child, AutoShutdown autoShutdown) {
        if (!child.significant()) {
            return "";
        }
        if (child.restart() == Restart.PERMANENT) {
            return "'" + child.id() + "' is significant, so it must not be permanent";
        }
        return autoShutdown == AutoShutdown.NEVER
                ? "'" + child.id() + "' is significant, but its supervisor has no auto-shutdown"
                : "";
    }

    /// The tree as text, one child per line.
    public String render() {
        return SpecText.of(this);
    }

    @Override
    public String toString() {
        return render();
    }
}
