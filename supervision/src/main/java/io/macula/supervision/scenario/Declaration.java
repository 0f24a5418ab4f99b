package io.macula.supervision.scenario;

import io.macula.supervision.AutoShutdown;
import io.macula.supervision.Restart;
import io.macula.supervision.Shutdown;
import io.macula.supervision.Strategy;
import java.time.Duration;
import java.util.List;

/// A supervisor as a scenario declares it, before it is known whether its spec is sound.
///
/// @param template of the children of a dynamic supervisor; ignored for others
public record Declaration(Strategy strategy, int intensity, Duration period,
        AutoShutdown autoShutdown,
        Rule template, List<Item> items) {

    /// How a child restarts and stops.
    public record Rule(Restart restart, Shutdown shutdown, boolean significant) {

        static final Rule PLAIN = new Rule(Restart.PERMANENT, Shutdown.infinity(), false);
    }

    /// One child.
    public sealed interface Item {

        String id();

        Rule rule();
    }

    /// A worker.
    public record Worker(String id, Rule rule) implements Item {}

    /// A supervisor below.
    public record Nested(String id, Rule rule, Declaration declaration) implements Item {}

    public Declaration {
        items = List.copyOf(items);
    }

    /// Whether the supervisor's own settings go together, whatever its children are.
    boolean isSound() {
        return !isDynamic() || autoShutdown == AutoShutdown.NEVER;
    }

    boolean isDynamic() {
        return strategy == Strategy.DYNAMIC;
    }
}
