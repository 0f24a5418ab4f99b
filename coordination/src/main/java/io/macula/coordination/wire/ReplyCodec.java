package io.macula.coordination.wire;

import io.macula.coordination.state.Limits;
import io.macula.coordination.state.Reply;

/// Replies, on their way to who asked and in snapshots.
public final class ReplyCodec {

    static final int BYTES_MAX = 512 << 10;

    private ReplyCodec() {}

    public static byte[] encode(Reply reply) {
        var out = new Out().number(CommandCodec.VERSION);
        write(out, reply);
        return out.written();
    }

    public static Decoded<Reply> decode(byte[] content) {
        return In.all(content, BYTES_MAX, in -> {
            in.number(CommandCodec.VERSION, CommandCodec.VERSION);
            return read(in);
        });
    }

    static void write(Out out, Reply reply) {
        switch (reply) {
            case Reply.Ticked() -> out.number(0);
            case Reply.Opened() -> out.number(1);
            case Reply.Renewed() -> out.number(2);
            case Reply.Closed() -> out.number(3);
            case Reply.NoSession() -> out.number(4);
            case Reply.Granted(var claim, var fence) -> out.number(5).claim(claim).number(fence);
            case Reply.Queued(var claim, var holder) -> out.number(6).claim(claim).holder(holder);
            case Reply.Taken(var holder) -> out.number(7).holder(holder);
            case Reply.Released() -> out.number(8);
            case Reply.NotHeld() -> out.number(9);
            case Reply.Entered(var barrier) -> out.number(10).text(barrier);
            case Reply.Passed(var generation) -> out.number(11).number(generation);
            case Reply.Broken() -> out.number(12);
            case Reply.Withdrawn() -> out.number(13);
            case Reply.Transacted(var succeeded, var results) ->
                out.number(14).flag(succeeded).list(results, TransactionForm::writeResult);
            case Reply.Held(var holder, var revision) ->
                out.number(15).holder(holder).number(revision);
            case Reply.Vacant(var revision) -> out.number(16).number(revision);
            case Reply.Unknown() -> out.number(17);
            case Reply.Refused(var message) -> out.number(18).text(message);
        }
    }

    static Reply read(In in) {
        return switch (in.tag(18)) {
            case 0 -> new Reply.Ticked();
            case 1 -> new Reply.Opened();
            case 2 -> new Reply.Renewed();
            case 3 -> new Reply.Closed();
            case 4 -> new Reply.NoSession();
            case 5 -> new Reply.Granted(in.claim(), in.ordinal());
            case 6 -> new Reply.Queued(in.claim(), in.holder());
            case 7 -> new Reply.Taken(in.holder());
            case 8 -> new Reply.Released();
            case 9 -> new Reply.NotHeld();
            case 10 -> new Reply.Entered(in.name());
            case 11 -> new Reply.Passed(in.ordinal());
            case 12 -> new Reply.Broken();
            case 13 -> new Reply.Withdrawn();
            case 14 -> new Reply.Transacted(in.flag(),
                    in.list(Limits.OPERATIONS_MAX, TransactionForm::readResult));
            case 15 -> new Reply.Held(in.holder(), in.count());
            case 16 -> new Reply.Vacant(in.count());
            case 17 -> new Reply.Unknown();
            default -> new Reply.Refused(in.sentence());
        };
    }
}
