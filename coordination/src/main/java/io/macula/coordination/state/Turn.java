package io.macula.coordination.state;

import io.macula.app.coordination.Transaction;
import java.time.Duration;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// One step under way: sessions and their requests. What they claim is in [Claims], where they gather in
/// [Barriers], what they write in [Transacting].
final class Turn {

    private final State before;
    private final Duration now;
    private final Table<SessionId, Session> sessions;
    private final Claims claims;
    private final Barriers barriers;
    private Store store;
    private long counter;

    Turn(State before, Duration now) {
        this.before = before;
        this.now = now;
        sessions = new Table<>(before.sessions());
        claims = new Claims(this, before.claims());
        barriers = new Barriers(this, before.barriers());
        store = before.store();
        counter = before.counter();
    }

    State next() {
        return new State(now, counter, sessions.now(), claims.now(), barriers.now(), store);
    }

    long count() {
        return ++counter;
    }

    /// Sessions end in the order of their deadlines, so that every voter passes things on alike.
    void endOverdue() {
        var overdue = before.sessions()
                .values()
                .stream()
                .filter(session -> session.deadline().compareTo(now) <= 0)
                .sorted(Comparator.comparing(Session::deadline).thenComparing(Session::id))
                .map(Session::id)
                .toList();
        overdue.forEach(this::end);
    }

    Reply open(Command.Open open) {
        var known = sessions.get(open.session());
        if (known != null) {
            return known.owner().equals(open.owner())
                    && known.timeToLive().equals(open.timeToLive())
                            ? new Reply.Opened()
                            : new Reply.Refused("that session is another owner's");
        }
        if (!Limits.isName(open.owner()) || !Limits.isTimeToLive(open.timeToLive())) {
            return new Reply.Refused("an owner has 1 to " + Limits.NAME_CHARS_MAX
                    + " characters, a time to live lies between 1 s and 10 min");
        }
        if (sessions.size() == Limits.SESSIONS_MAX) {
            return new Reply.Refused("there are " + Limits.SESSIONS_MAX + " sessions already");
        }
        sessions.put(open.session(), Session.opened(open, now));
        return new Reply.Opened();
    }

    Reply observe(Claim claim) {
        var holder = claims.holder(claim);
        return holder == null ? new Reply.Vacant(counter) : new Reply.Held(holder, counter);
    }

    Reply ask(Command.Ask ask) {
        var session = sessions.get(ask.session());
        if (session == null) {
            return new Reply.NoSession();
        }
        session = session.renewed(now);
        sessions.put(session.id(), session);
        var answered = session.replies().get(ask.sequence());
        if (answered != null) {
            return brought(answered);
        }
        if (ask.sequence() < 1 || !session.isNew(ask.sequence())) {
            return new Reply.Refused("that request was given up");
        }
        if (ask.open().size() > Limits.OPEN_MAX) {
            return new Reply.Refused("at most " + Limits.OPEN_MAX + " requests are open");
        }
        return run(session.begun(ask.sequence(), ask.open()), ask);
    }

    private Reply run(Session session, Command.Ask ask) {
        sessions.put(session.id(), session);
        var waiter = new Waiter(session.id(), ask.sequence());
        var reply = reply(session, waiter, ask.request());
        var after = sessions.get(session.id());
        if (after != null) {
            sessions.put(after.id(), after.withReply(ask.sequence(), reply));
        }
        return reply;
    }

    private Reply reply(Session session, Waiter waiter, Request request) {
        return switch (request) {
            case Request.Renew() -> new Reply.Renewed();
            case Request.Close() -> {
                end(session.id());
                yield new Reply.Closed();
            }
            case Request.Acquire acquire -> claims.acquire(session, waiter, acquire);
            case Request.Release(var claim, var fence) -> claims.release(session, claim, fence);
            case Request.Enter(var barrier, var parties) ->
                barriers.enter(waiter, barrier, parties);
            case Request.Withdraw(var target) -> withdraw(session, target);
            case Request.Transact(var transaction) -> transact(transaction);
        };
    }

    private Reply transact(Transaction transaction) {
        int kept = sessions.now().values().stream().mapToInt(Session::keptBytes).sum();
        var transacting = new Transacting(store, claims, counter + 1,
                Math.min(Limits.REPLY_BYTES_MAX, Limits.KEPT_REPLY_BYTES_MAX - kept));
        var reply = transacting.run(transaction);
        if (reply instanceof Reply.Transacted && transacting.hasWritten()) {
            store = transacting.store();
            counter++;
        }
        return reply;
    }

    /// Undoes `target` and says so, or says how it ended for good.
    private Reply withdraw(Session session, long target) {
        var waiter = new Waiter(session.id(), target);
        switch (session.replies().get(target)) {
            case null -> sessions.put(session.id(), session.barred(target));
            case Reply.Queued(var claim, _) -> claims.leave(claim, waiter::equals);
            case Reply.Granted(var claim, var fence) -> claims.release(session, claim, fence);
            case Reply.Entered(var barrier) -> barriers.breakUp(barrier);
            case Reply ended -> {
                return ended;
            }
        }
        settle(waiter, new Reply.Withdrawn());
        return new Reply.Withdrawn();
    }

    private void end(SessionId id) {
        sessions.remove(id);
        claims.leaveAll(id);
        barriers.leaveAll(id);
    }

    /// The final reply of a request that waited.
    void settle(Waiter waiter, Reply reply) {
        var session = sessions.get(waiter.session());
        if (session != null) {
            sessions.put(session.id(), session.settled(waiter.sequence(), reply));
        }
    }

    @Nullable
    Session session(SessionId id) {
        return sessions.get(id);
    }

    /// A reply up to date: the holder one waits behind may be another by now.
    private Reply brought(Reply answered) {
        if (answered instanceof Reply.Queued(var claim, _)) {
            var holder = claims.holder(claim);
            return holder == null ? answered : new Reply.Queued(claim, holder);
        }
        return answered;
    }
}
