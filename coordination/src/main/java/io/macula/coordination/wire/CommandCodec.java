package io.macula.coordination.wire;

import io.macula.coordination.state.Command;
import io.macula.coordination.state.Limits;
import io.macula.coordination.state.Query;
import io.macula.coordination.state.Request;
import java.util.TreeSet;

/// Commands, as they stand in the log, and queries. The first number is the version of the form; an
/// entry of a version that is not known is refused alike by every voter that does not know it, so
/// a new version is written only when all voters read it.
public final class CommandCodec {

    /// Of a command or a query.
    public static final int BYTES_MAX = 512 << 10;

    static final int VERSION = 1;

    private CommandCodec() {}

    public static byte[] encode(Command command) {
        var out = new Out().number(VERSION);
        switch (command) {
            case Command.Tick() -> out.number(0);
            case Command.Open(var session, var owner, var timeToLive) ->
                out.number(1).session(session).text(owner).duration(timeToLive);
            case Command.Observe(var claim) -> out.number(2).claim(claim);
            case Command.Ask ask -> {
                out.number(3)
                        .session(ask.session())
                        .number(ask.sequence())
                        .list(ask.open(), Out::number);
                write(out, ask.request());
            }
        }
        return out.written();
    }

    public static Decoded<Command> decode(byte[] content) {
        return In.all(content, BYTES_MAX, in -> {
            in.number(VERSION, VERSION);
            return switch (in.tag(3)) {
                case 0 -> new Command.Tick();
                case 1 -> new Command.Open(in.session(), in.name(), in.duration());
                case 2 -> new Command.Observe(in.claim());
                default -> new Command.Ask(in.session(), in.ordinal(),
                        new TreeSet<>(in.list(Limits.OPEN_MAX, In::ordinal)), readRequest(in));
            };
        });
    }

    private static void write(Out out, Request request) {
        switch (request) {
            case Request.Renew() -> out.number(0);
            case Request.Close() -> out.number(1);
            case Request.Acquire(var claim, var waits) -> out.number(2).claim(claim).flag(waits);
            case Request.Release(var claim, var fence) -> out.number(3).claim(claim).number(fence);
            case Request.Enter(var barrier, var parties) ->
                out.number(4).text(barrier).number(parties);
            case Request.Withdraw(var target) -> out.number(5).number(target);
            case Request.Transact(var transaction) ->
                TransactionForm.write(out.number(6), transaction);
        }
    }

    private static Request readRequest(In in) {
        return switch (in.tag(6)) {
            case 0 -> new Request.Renew();
            case 1 -> new Request.Close();
            case 2 -> new Request.Acquire(in.claim(), in.flag());
            case 3 -> new Request.Release(in.claim(), in.ordinal());
            case 4 -> new Request.Enter(in.name(), (int) in.number(0, Limits.PARTIES_MAX));
            case 5 -> new Request.Withdraw(in.ordinal());
            default -> new Request.Transact(TransactionForm.read(in));
        };
    }

    public static byte[] encode(Query query) {
        var out = new Out().number(VERSION);
        switch (query) {
            case Query.ReplyTo(var session, var sequence) ->
                out.number(0).session(session).number(sequence);
            case Query.HolderOf(var claim) -> out.number(1).claim(claim);
        }
        return out.written();
    }

    public static Decoded<Query> decodeQuery(byte[] content) {
        return In.all(content, BYTES_MAX, in -> {
            in.number(VERSION, VERSION);
            return in.tag(1) == 0
                    ? new Query.ReplyTo(in.session(), in.ordinal())
                    : new Query.HolderOf(in.claim());
        });
    }
}
