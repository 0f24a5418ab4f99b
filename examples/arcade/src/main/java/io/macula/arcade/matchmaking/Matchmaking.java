package io.macula.arcade.matchmaking;

import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.app.global.Acknowledgement;
import io.macula.app.global.GlobalService;
import io.macula.app.global.GlobalState;
import io.macula.arcade.json.Json;
import io.macula.arcade.match.Result;

/// The one matchmaker of a Cluster. The platform elects its node, keeps the [GlobalState] for the successor and leads every request
/// here, from whichever node a page is open on: that is all it takes for players on different nodes to meet.
///
/// Answers [Acknowledgement#AFTER_MAJORITY]: who was told of an opponent, or of a result, shall hear the same from a successor.
/// Every request may come twice. There is no clock in here, see [Rounds].
public final class Matchmaking implements GlobalService {

    public static final String NAME = "arcade.matchmaking";

    private final String node;

    /// @param node
    ///            the node this instance runs on
    public Matchmaking(String node) {
        this.node = node;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Acknowledgement acknowledgement() {
        return Acknowledgement.AFTER_MAJORITY;
    }

    @Override
    public Rpc.Answer handle(Payload request, GlobalState state) {
        return switch (Json.decode(request.text(), Request.CHARS_MAX, Request::read)) {
            case Json.Decoded.Wrong<Request>(var why) -> new Rpc.Answer.Failure(why);
            case Json.Decoded.Read<Request>(var asked) -> answer(asked, open(state));
        };
    }

    private Ledger open(GlobalState state) {
        var ledger = new Ledger(state);
        ledger.keptBy(node);
        return ledger;
    }

    private static Rpc.Answer answer(Request request, Ledger ledger) {
        var table = new Table(ledger);
        return switch (request) {
            case Request.Join(var player) -> said(table.join(player));
            case Request.PlayBot(var player) -> said(table.playBot(player));
            case Request.Leave(var player) -> result(table.leave(player).write());
            case Request.Look(var player) -> result(table.standing(player).write());
            case Request.Finish(var ended) -> written(ended, ledger);
            case Request.Beat beat -> result(new Rounds(ledger, table).beat(beat).write());
        };
    }

    private static Rpc.Answer said(Table.Seating seating) {
        return switch (seating) {
            case Table.Seating.Seated(var standing) -> result(standing.write());
            case Table.Seating.Full(var why) -> new Rpc.Answer.Failure(why);
        };
    }

    /// The first who reports a match counts; everybody later is told what the first one said.
    private static Rpc.Answer written(Result ended, Ledger ledger) {
        return ledger.finish(ended).<Rpc
                .Answer>map(written -> result(written.write()))
                .orElseGet(() -> new Rpc.Answer.Failure("there is no match " + ended.match()));
    }

    private static Rpc.Answer result(Json.Obj content) {
        return new Rpc.Answer.Result(Payload.of(content.write()));
    }
}
