package io.macula.supervision;

import java.util.ArrayList;
import java.util.List;

/// A place in a supervision tree: the ids from the tree's name down, `macula/gateway_system/gateway`.
public record TreePath(List<String> ids) {

    public TreePath {
        ids = List.copyOf(ids);
    }

    public static TreePath of(String... ids) {
        return new TreePath(List.of(ids));
    }

    /// Reads ids separated by `/`; a leading `/` is allowed.
    public static TreePath parse(String text) {
        var body = text.startsWith("/") ? text.substring(1) : text;
        return body.isEmpty() ? of() : of(body.split("/", -1));
    }

    public TreePath child(String id) {
        var longer = new ArrayList<>(ids);
        longer.add(id);
        return new TreePath(longer);
    }

    /// The place above; the empty path is its own parent.
    public TreePath parent() {
        return isEmpty() ? this : new TreePath(ids.subList(0, ids.size() - 1));
    }

    public boolean isEmpty() {
        return ids.isEmpty();
    }

    /// The last id.
    ///
    /// @throws java.util.NoSuchElementException when the path is empty
    public String id() {
        return ids.getLast();
    }

    @Override
    public String toString() {
        return String.join("/", ids);
    }
}
