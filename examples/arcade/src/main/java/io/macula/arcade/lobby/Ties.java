package io.macula.arcade.lobby;

import java.util.ArrayList;
import java.util.List;

/// What an incarnation of the lobby holds on the node: its subscription, and the way in for pages. Outlives the incarnation, so that the next can let go
/// of it even when that one was killed.
public final class Ties {

    private final List<Runnable> held = new ArrayList<>();

    /// @param release
    ///            lets go of it
    synchronized void hold(Runnable release) {
        held.add(release);
    }

    synchronized void release() {
        held.forEach(Runnable::run);
        held.clear();
    }
}
