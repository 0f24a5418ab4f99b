package io.macula.coordination.state;

import java.util.ArrayList;
import java.util.List;

/// Those who wait at a barrier.
///
/// @param generation
///            greater than that of every gathering that began before
public record Gathering(long generation, int parties, List<Waiter> entered) {

    public Gathering {
        entered = List.copyOf(entered);
    }

    Gathering withEntered(Waiter waiter) {
        var more = new ArrayList<>(entered);
        more.add(waiter);
        return new Gathering(generation, parties, more);
    }

    boolean isComplete() {
        return entered.size() == parties;
    }

    boolean isAwaitedBy(SessionId session) {
        return entered.stream().anyMatch(waiter -> waiter.session().equals(session));
    }
}
