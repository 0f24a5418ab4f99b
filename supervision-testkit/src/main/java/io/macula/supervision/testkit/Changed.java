package io.macula.supervision.testkit;

import io.macula.supervision.Key;

/// Goes on after [Lab#restarted].
public final class Changed {

    private final Lab lab;

    Changed(Lab lab) {
        this.lab = lab;
    }

    /// Nothing has happened to these children.
    ///
    /// @throws AssertionError when something has
    public void untouched(Key<?>... children) {
        for (var child : children) {
            untouched(child.id());
        }
    }

    /// Nothing has happened to the child at this path.
    ///
    /// @throws AssertionError when something has
    public Changed untouched(String path) {
        lab.expectUntouched(path);
        return this;
    }
}
