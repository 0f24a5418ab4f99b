package io.macula.crdt;

/// What one dot of a [Batch] does. Any entry it replaces or removes is named by its dot, so a change
/// never touches what its writer had not seen.
public sealed interface Change {

    /// Dots that were live where the change was made and are dead after it.
    DotSet removes();

    /// Puts one entry in the place of others.
    record Put(Entry entry, DotSet removes) implements Change {}

    /// Only removes.
    record Drop(DotSet removes) implements Change {}
}
