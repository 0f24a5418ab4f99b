package io.macula.supervision.testkit;

import io.macula.supervision.Child;
import io.macula.supervision.Spec;
import io.macula.supervision.Strategy;
import io.macula.supervision.Supervision;
import io.macula.supervision.TreePath;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Finds the place a test means by a key or a path.
final class Places {

    private final Supervision supervision;

    Places(Supervision supervision) {
        this.supervision = supervision;
    }

    /// @param text a path with or without the name of its tree, or the id of one child alone
    /// @param trees names of the trees that are looked through
    /// @throws IllegalArgumentException when there is none or more than one
    TreePath find(String text, List<String> trees) {
        var known = new LinkedHashSet<TreePath>();
        for (var tree : trees) {
            supervision.spec(TreePath.of(tree)).ifPresent(spec -> {
                known.add(TreePath.of(tree));
                collect(TreePath.of(tree), spec, known);
            });
        }
        Nodes.walk(supervision.snapshot(), (path, _) -> {
            if (trees.contains(path.ids().getFirst())) {
                known.add(path);
            }
        });
        return find(text, known, this::isDynamic);
    }

    /// As [#find(String, List)] in a tree that is not started yet.
    static TreePath find(String text, String tree, Spec spec) {
        var known = new LinkedHashSet<TreePath>();
        known.add(TreePath.of(tree));
        collect(TreePath.of(tree), spec, known);
        return find(text, known, path -> isDynamic(path, spec));
    }

    private static TreePath find(String text, Set<TreePath> known, Predicate<TreePath> isDynamic) {
        var wanted = TreePath.parse(text);
        var exact = known.stream()
                .filter(path -> path.equals(wanted) || relative(path).equals(wanted))
                .toList();
        var found = exact.isEmpty() && wanted.ids().size() == 1
                ? known.stream()
                        .filter(path -> path.id().equals(wanted.id()))
                        .toList()
                : exact;
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (found.size() > 1) {
            throw new IllegalArgumentException(
                    "'" + text + "' may be any of " + list(found) + ": say which by its path");
        }
        return mayCome(wanted, known, isDynamic, text);
    }

    /// A dynamic supervisor may have children that nobody knows yet.
    private static TreePath mayCome(TreePath wanted, Set<TreePath> known,
            Predicate<TreePath> isDynamic, String text) {
        return known.stream()
                .filter(isDynamic)
                .filter(path -> !wanted.isEmpty() && (path.equals(wanted.parent())
                        || relative(path).equals(wanted.parent())))
                .findFirst()
                .map(path -> path.child(wanted.id()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "nothing is called '" + text + "' here; there are " + list(known)));
    }

    private static String list(Iterable<TreePath> paths) {
        var names = new LinkedHashSet<String>();
        paths.forEach(path -> names.add(TraceLine.place(path, false)));
        return String.join(", ", names);
    }

    private static TreePath relative(TreePath path) {
        return new TreePath(path.ids().subList(1, path.ids().size()));
    }

    static void collect(TreePath above, Spec spec, Set<TreePath> known) {
        for (var child : spec.children()) {
            var path = above.child(child.id());
            known.add(path);
            if (child.body() instanceof Child.Body.Nested(var nested)) {
                collect(path, nested, known);
            }
        }
    }

    private boolean isDynamic(TreePath path) {
        return supervision.spec(path)
                .filter(spec -> spec.strategy() == Strategy.DYNAMIC)
                .isPresent();
    }

    private static boolean isDynamic(TreePath path, Spec root) {
        var spec = root;
        for (var id : path.ids().subList(1, path.ids().size())) {
            var nested = spec.children()
                    .stream()
                    .filter(child -> child.id().equals(id))
                    .map(Child::body)
                    .findFirst();
            if (nested.isPresent() && nested.get() instanceof Child.Body.Nested(var below)) {
                spec = below;
            } else {
                return false;
            }
        }
        return spec.strategy() == Strategy.DYNAMIC;
    }

    /// Whether a supervisor lives, or lived last, at `path`.
    boolean isSupervisor(TreePath path) {
        return supervision.spec(path).isPresent();
    }
}
