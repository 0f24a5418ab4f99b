package io.macula.crdt;

/// One change of a store: reads the outermost map and returns a delta of one of its values, or of
/// the map itself.
///
/// ```java
/// Edit add = (root, tick) -> root.set("cart").add(tick.dot(), "milk");
/// Edit drop = (root, tick) -> root.remove("cart");
/// ```
///
/// Must use no other dot than `tick.dot()`, and that for at most one entry. Returning a delta that
/// says nothing changes nothing.
@FunctionalInterface
public interface Edit {

    Crdt<?> apply(OrMap root, Tick tick);
}
