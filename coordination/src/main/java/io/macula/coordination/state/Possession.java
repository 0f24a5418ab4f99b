package io.macula.coordination.state;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// A claim that is held, and who waits for it, longest first.
public record Possession(Holder holder, List<Waiter> queue) {

    public Possession {
        queue = List.copyOf(queue);
    }

    Possession withWaiter(Waiter waiter) {
        var longer = new ArrayList<>(queue);
        longer.add(waiter);
        return new Possession(holder, longer);
    }

    Possession without(Predicate<Waiter> leaving) {
        return new Possession(holder, queue.stream().filter(leaving.negate()).toList());
    }

    boolean isHeldBy(SessionId session) {
        return holder.session().equals(session);
    }

    boolean isAwaitedBy(SessionId session) {
        return queue.stream().anyMatch(waiter -> waiter.session().equals(session));
    }
}
