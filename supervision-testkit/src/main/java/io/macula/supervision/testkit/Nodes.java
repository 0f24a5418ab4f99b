package io.macula.supervision.testkit;

import io.macula.supervision.Node;
import io.macula.supervision.TreePath;
import java.util.List;
import java.util.function.BiConsumer;

/// Walks live trees.
final class Nodes {

    private Nodes() {}

    /// Every place of `trees`, a supervisor before its children, with its path.
    static void walk(List<Node> trees, BiConsumer<TreePath, Node> visitor) {
        trees.forEach(tree -> walk(TreePath.of(tree.id()), tree, visitor));
    }

    private static void walk(TreePath path, Node node, BiConsumer<TreePath, Node> visitor) {
        visitor.accept(path, node);
        node.children().forEach(child -> walk(path.child(child.id()), child, visitor));
    }
}
