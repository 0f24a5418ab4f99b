package io.macula.supervision;

/// What a start function may use: stable refs seen from the child's supervisor ([Refs#get] gives a
/// sibling), and what to tell about this start.
public interface Starting extends Refs {

    /// The start is complete. Only a child declared with [Child#signalsReady] needs it: its siblings
    /// wait until it is called. May be called from any thread, more than once.
    void ready();

    /// Hands `info` to whoever asked for this start with [Supervisor.StartChild].
    void info(Object info);
}
