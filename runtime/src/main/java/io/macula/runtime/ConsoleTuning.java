package io.macula.runtime;

/// What the console of a node shows and allows, each with its key in `reference.conf`. What may be harmed is
/// said by `macula.faults.allow`.
///
/// @param enabled
///            whether there is one at `/`
/// @param allowActions
///            whether it lets its users publish, call and restart
public record ConsoleTuning(boolean enabled, boolean allowActions) {

    /// What `reference.conf` says.
    public static final ConsoleTuning DEFAULT = new ConsoleTuning(true, false);
}
