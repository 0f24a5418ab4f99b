package io.macula.coordination.state;

import io.macula.app.coordination.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/// A state with a clock that tests set, and clients that number their requests.
final class Group {

    static final Duration TTL = Duration.ofSeconds(10);

    private State state = State.EMPTY;
    private Duration now = Duration.ZERO;
    private final Map<SessionId, Client> clients = new TreeMap<>();

    private static final class Client {
        private final TreeSet<Long> open = new TreeSet<>();
        private long last;
    }

    State state() {
        return state;
    }

    SessionId opened(String owner) {
        var id = new SessionId(new UUID(0, clients.size() + 1));
        apply(new Command.Open(id, owner, TTL));
        clients.put(id, new Client());
        return id;
    }

    Reply apply(Command command) {
        var step = state.apply(command, now);
        state = step.next();
        return step.reply();
    }

    void passes(Duration time) {
        now = now.plus(time);
    }

    Reply ask(SessionId session, Request request) {
        return apply(command(session, request));
    }

    /// A command under the session's next number, which stays open.
    Command.Ask command(SessionId session, Request request) {
        var client = client(session);
        client.open.add(++client.last);
        return new Command.Ask(session, client.last, client.open, request);
    }

    long lastNumber(SessionId session) {
        return client(session).last;
    }

    void forget(SessionId session, long number) {
        client(session).open.remove(number);
    }

    private Client client(SessionId session) {
        return Objects.requireNonNull(clients.get(session));
    }

    List<Waiter> queue(String lock) {
        return Objects.requireNonNull(state.claims().get(Claim.lock(lock))).queue();
    }

    Reply replyTo(SessionId session, long number) {
        return state.look(new Query.ReplyTo(session, number));
    }

    Reply acquire(SessionId session, String lock) {
        return ask(session, new Request.Acquire(Claim.lock(lock), true));
    }

    Reply release(SessionId session, String lock, long fence) {
        return ask(session, new Request.Release(Claim.lock(lock), fence));
    }

    Reply enter(SessionId session, String barrier, int parties) {
        return ask(session, new Request.Enter(barrier, parties));
    }

    Reply transact(SessionId session, Transaction transaction) {
        return ask(session, new Request.Transact(transaction));
    }

    static long fence(Reply reply) {
        return ((Reply.Granted) reply).fence();
    }
}
