package io.macula.supervision.testkit;

import io.macula.supervision.Event;
import io.macula.supervision.Exit;
import io.macula.supervision.TreePath;

/// One thing that happened in a tree.
///
/// @param nanos when, in the lab's time
/// @param supervisor whose child it happened to
public record TraceLine(long nanos, TreePath supervisor, Event event) {

    /// The child it happened to.
    public TreePath child() {
        return supervisor.child(event.id());
    }

    /// As in [Lab#expectTrace]; `withTree` puts the name of the tree in front of the child.
    String text(boolean withTree) {
        var place = place(child(), withTree);
        return switch (event) {
            case Event.Started(_, int generation) -> "start " + place + "#" + generation;
            case Event.StartFailed(_, var reason) -> "startfail " + place + " " + words(reason);
            case Event.Ignored _ -> "ignore " + place;
            case Event.Exited(_, int generation, var exit) ->
                "exit " + place + "#" + generation + " " + words(exit);
            case Event.GaveUp _ -> "giveup " + place(supervisor, withTree) + " over " + place;
            case Event.Abandoned(_, int generation, _) -> "abandon " + place + "#" + generation;
        };
    }

    /// `path` without the name of its tree, unless that is wanted or is all there is.
    static String place(TreePath path, boolean withTree) {
        var ids = path.ids();
        return withTree || ids.size() < 2
                ? path.toString()
                : new TreePath(ids.subList(1, ids.size())).toString();
    }

    private static String words(Exit exit) {
        return switch (exit) {
            case Exit.Normal() -> "normal";
            case Exit.Shutdown(var detail) ->
                detail.equals("shutdown") ? detail : "shutdown " + detail;
            case Exit.Killed() -> "killed";
            case Exit.Failed(var cause) -> "failed " + cause.getClass().getSimpleName();
        };
    }
}
