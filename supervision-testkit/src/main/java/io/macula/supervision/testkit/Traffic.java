package io.macula.supervision.testkit;

import io.macula.supervision.Refs;

/// Messages for the tree under exploration.
@FunctionalInterface
public interface Traffic {

    /// Tells the tree something; does not wait for answers.
    ///
    /// @param tree stable refs seen from its root
    void send(Lab lab, Refs tree);
}
