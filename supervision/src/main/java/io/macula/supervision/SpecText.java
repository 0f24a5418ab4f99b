package io.macula.supervision;

import java.time.Duration;
import java.util.Locale;

/// Prints a [Spec] as a tree.
final class SpecText {

    private SpecText() {}

    static String of(Spec spec) {
        var text = new StringBuilder(headline(spec));
        children(spec, "", text);
        return text.toString();
    }

    private static void children(Spec spec, String indent, StringBuilder text) {
        var left = spec.children().size();
        for (var child : spec.children()) {
            var last = --left == 0;
            text.append('\n').append(indent).append(last ? "└─ " : "├─ ").append(line(child));
            if (child.body() instanceof Child.Body.Nested(var nested)) {
                children(nested, indent + (last ? "   " : "│  "), text);
            }
        }
    }

    private static String headline(Spec spec) {
        var text = spec.strategy().text() + " " + spec.intensity() + "/" + seconds(spec.period());
        if (spec.autoShutdown() != AutoShutdown.NEVER) {
            text += " " + spec.autoShutdown().name().toLowerCase(Locale.ROOT);
        }
        return spec.maxChildren() == Integer.MAX_VALUE ? text : text + " max " + spec.maxChildren();
    }

    private static String line(Child<?> child) {
        var text = new StringBuilder(child.id());
        if (child.body() instanceof Child.Body.Nested(var nested)) {
            text.append("  ").append(headline(nested));
        }
        text.append("  ").append(child.restart().name().toLowerCase(Locale.ROOT));
        text.append("  ").append(switch (child.shutdown()) {
            case Shutdown.Timeout(var limit) -> seconds(limit);
            case Shutdown.Infinity() -> "infinity";
            case Shutdown.BrutalKill() -> "brutal_kill";
        });
        return text.append(child.significant() ? "  significant" : "").toString();
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0
                ? duration.toSeconds() + "s"
                : duration.toMillis() + "ms";
    }
}
