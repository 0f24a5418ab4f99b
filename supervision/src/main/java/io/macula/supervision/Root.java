package io.macula.supervision;

import java.util.function.Consumer;

/// How a whole tree is run: its name, its clock, and who is told about its life. The call-backs run in
/// the actors' threads and must not block.
///
/// @param listener told every event of every supervisor in the tree
/// @param onUp called once all children of the whole tree have started
/// @param onExit called once, when the tree has ended, with the reason
/// @param logged whether events are also written to the log, `io.macula.supervision.Tree`
public record Root(String name, Ticker ticker, Consumer<Occurrence> listener, Runnable onUp,
        Consumer<Exit> onExit, boolean logged) {

    public static Root of(String name) {
        return new Root(Key.of(name).id(), Ticker.system(), _ -> {}, () -> {}, _ -> {}, true);
    }

    public Root ticker(Ticker clock) {
        return new Root(name, clock, listener, onUp, onExit, logged);
    }

    public Root listener(Consumer<Occurrence> told) {
        return new Root(name, ticker, told, onUp, onExit, logged);
    }

    public Root onUp(Runnable called) {
        return new Root(name, ticker, listener, called, onExit, logged);
    }

    public Root onExit(Consumer<Exit> called) {
        return new Root(name, ticker, listener, onUp, called, logged);
    }

    /// Keeps the tree's events out of the log.
    public Root unlogged() {
        return new Root(name, ticker, listener, onUp, onExit, false);
    }
}
