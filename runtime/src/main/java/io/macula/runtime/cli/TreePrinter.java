package io.macula.runtime.cli;

import io.macula.runtime.config.TimeText;
import io.macula.runtime.control.ControlClient;
import io.macula.runtime.control.ControlClient.Answer;
import io.macula.runtime.control.TreeNode;
import io.macula.runtime.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Carries out `tree`.
final class TreePrinter {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final List<String> COLUMNS = List.of("PROCESS", "STRATEGY", "STATE", "GEN",
            "RESTARTS", "UPTIME", "LAST EXIT");

    private final Console console;

    TreePrinter(Console console) {
        this.console = console;
    }

    int run(@Nullable String dataDir, boolean json) {
        var directory = RunningFolder.of(console, dataDir, PATIENCE);
        return switch (new ControlClient(directory, PATIENCE).tree()) {
            case Answer.Ok answer -> {
                show(ControlClient.trees(answer), json);
                yield ExitCode.OK.number();
            }
            case Answer.Bad bad -> NodeAsker.failed(console, bad);
        };
    }

    private void show(List<TreeNode> trees, boolean json) {
        if (json) {
            trees.forEach(tree -> console.print(Json.write(tree.toJson())));
            return;
        }
        var rows = new ArrayList<List<String>>();
        rows.add(COLUMNS);
        trees.forEach(tree -> addRows(rows, tree, "", ""));
        Table.lines(rows).forEach(console::print);
    }

    private static void addRows(List<List<String>> rows, TreeNode node, String branch,
            String indent) {
        rows.add(row(node, branch));
        var children = node.children();
        for (var i = 0; i < children.size(); i++) {
            var isLast = i == children.size() - 1;
            addRows(rows, children.get(i), indent + (isLast ? "└─ " : "├─ "),
                    indent + (isLast ? "   " : "│  "));
        }
    }

    private static List<String> row(TreeNode node, String branch) {
        var limits = node.limits();
        var lastExit = node.lastExit();
        return List.of(branch + node.id(), limits == null ? "" : limits.strategy(), node.state(),
                String.valueOf(node.generation()),
                limits == null
                        ? ""
                        : limits.restarts() + " of " + limits.limit() + " in "
                                + TimeText.of(limits.period()),
                uptime(node.uptime()), lastExit == null ? "" : lastExit);
    }

    private static String uptime(Duration uptime) {
        if (uptime.toHours() > 0) {
            return uptime.toHours() + "h " + uptime.toMinutesPart() + "m";
        }
        return uptime.toMinutes() > 0
                ? uptime.toMinutes() + "m " + uptime.toSecondsPart() + "s"
                : uptime.toSeconds() + "s";
    }
}
