package io.macula.actors.link;

import io.macula.actors.wire.Ask;
import io.macula.actors.wire.Deliver;
import java.util.Collection;

/// Which short frames a peer says that it reads.
///
/// @param deliveries [Deliver]
/// @param asks [Ask], and the answer to it
record Speech(boolean deliveries, boolean asks) {

    static final Speech PLAIN = new Speech(false, false);

    static Speech of(Collection<String> capabilities) {
        return new Speech(capabilities.contains(Deliver.CAPABILITY),
                capabilities.contains(Ask.CAPABILITY));
    }

    /// What it said in any of its frames.
    Speech or(Speech other) {
        return new Speech(deliveries || other.deliveries, asks || other.asks);
    }
}
