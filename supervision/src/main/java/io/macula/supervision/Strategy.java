package io.macula.supervision;

/// Who restarts with a child that died.
public enum Strategy {
    /// Only the dead child.
    ONE_FOR_ONE,
    /// Every child: the others are stopped in reverse order, then all start in order.
    ONE_FOR_ALL,
    /// The dead child and those started after it.
    REST_FOR_ONE,
    /// Only the dead child; children come and go at run time and have no order.
    DYNAMIC;

    /// Whether others restart with the child that died.
    boolean isOfGroups() {
        return this == ONE_FOR_ALL || this == REST_FOR_ONE;
    }

    /// The name Erlang people know.
    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
