package io.macula.coordination.state;

import java.util.List;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Who has which lock and leads which election, during one step.
final class Claims {

    private final Turn turn;
    private final Table<Claim, Possession> table;

    Claims(Turn turn, SortedMap<Claim, Possession> before) {
        this.turn = turn;
        table = new Table<>(before);
    }

    SortedMap<Claim, Possession> now() {
        return table.now();
    }

    @Nullable
    Holder holder(Claim claim) {
        var possession = table.get(claim);
        return possession == null ? null : possession.holder();
    }

    Reply acquire(Session session, Waiter waiter, Request.Acquire acquire) {
        var claim = acquire.claim();
        if (!Limits.isName(claim.name())) {
            return new Reply.Refused("a name has 1 to " + Limits.NAME_CHARS_MAX + " characters");
        }
        var possession = table.get(claim);
        if (possession == null) {
            return table.size() == Limits.CLAIMS_MAX
                    ? new Reply.Refused("there are " + Limits.CLAIMS_MAX + " claims already")
                    : grant(session, claim, List.of());
        }
        if (possession.isHeldBy(session.id()) || possession.isAwaitedBy(session.id())) {
            return new Reply.Refused("this session has asked for it before");
        }
        if (!acquire.waits()) {
            return new Reply.Taken(possession.holder());
        }
        if (possession.queue().size() == Limits.WAITERS_MAX) {
            return new Reply.Refused("there are " + Limits.WAITERS_MAX + " who wait already");
        }
        table.put(claim, possession.withWaiter(waiter));
        return new Reply.Queued(claim, possession.holder());
    }

    Reply release(Session session, Claim claim, long fence) {
        var possession = table.get(claim);
        if (possession == null || !possession.isHeldBy(session.id())
                || possession.holder().fence() != fence) {
            return new Reply.NotHeld();
        }
        passOn(claim, possession);
        return new Reply.Released();
    }

    void leave(Claim claim, Predicate<Waiter> leaving) {
        var possession = table.get(claim);
        if (possession != null) {
            table.put(claim, possession.without(leaving));
        }
    }

    /// A session has ended: others get what it had, and it no longer waits.
    void leaveAll(SessionId session) {
        for (var claim : List.copyOf(table.now().keySet())) {
            var possession = table.get(claim);
            if (possession == null) {
                continue;
            }
            if (possession.isAwaitedBy(session)) {
                leave(claim, waiter -> waiter.session().equals(session));
            } else if (possession.isHeldBy(session)) {
                passOn(claim, possession);
            }
        }
    }

    /// To whom has waited longest, or to nobody, which counts as a change too.
    private void passOn(Claim claim, Possession possession) {
        var queue = possession.queue();
        for (int i = 0; i < queue.size(); i++) {
            var next = turn.session(queue.get(i).session());
            if (next != null) {
                var granted = grant(next, claim, queue.subList(i + 1, queue.size()));
                turn.settle(queue.get(i), granted);
                return;
            }
        }
        table.remove(claim);
        turn.count();
    }

    private Reply.Granted grant(Session session, Claim claim, List<Waiter> queue) {
        var holder = new Holder(session.id(), session.owner(), turn.count());
        table.put(claim, new Possession(holder, queue));
        return new Reply.Granted(claim, holder.fence());
    }
}
