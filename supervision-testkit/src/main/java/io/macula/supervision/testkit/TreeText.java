package io.macula.supervision.testkit;

import io.macula.supervision.Node;
import java.util.ArrayList;
import java.util.List;

/// Prints live trees for people.
final class TreeText {

    private TreeText() {}

    static String of(List<Node> trees) {
        var lines = new ArrayList<String>();
        trees.forEach(tree -> {
            lines.add(line(tree));
            children(tree, "", lines);
        });
        return lines.isEmpty() ? "no tree" : String.join("\n", lines);
    }

    private static void children(Node node, String indent, List<String> lines) {
        var left = node.children().size();
        for (var child : node.children()) {
            var last = --left == 0;
            lines.add(indent + (last ? "└─ " : "├─ ") + line(child));
            children(child, indent + (last ? "   " : "│  "), lines);
        }
    }

    private static String line(Node node) {
        var text = new StringBuilder(node.id()).append('#').append(node.generation());
        var limits = node.limits();
        if (limits != null) {
            text.append("  ").append(limits.strategy().text());
            text.append("  ").append(limits.restarts()).append(" of ").append(limits.limit());
            text.append(" in ").append(limits.period().toMillis()).append(" ms");
        }
        text.append("  ").append(node.state().text());
        var exit = node.lastExit();
        if (exit != null) {
            text.append("  last exit: ").append(exit.text());
        }
        var running = node.running();
        if (running != null) {
            text.append("  busy for ").append(running.time().toMillis()).append(" ms");
            running.stack().stream().limit(1).forEach(frame -> text.append(" at ").append(frame));
        }
        return text.toString();
    }
}
