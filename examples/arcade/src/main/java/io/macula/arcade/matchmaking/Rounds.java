package io.macula.arcade.matchmaking;

import io.macula.arcade.match.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Notices who is gone. Time comes with the beats of the nodes, one a second, and is counted in rounds: a round ends when some node beats for the second
/// time in it. So a node is late when others have beaten again and again without it. No clock is read, so none can be wrong or differ
/// from that of the node before; and while no request gets through (an election, no quorum) no round passes and nobody is
/// taken for dead.
final class Rounds {

    private final Ledger ledger;
    private final Table table;

    Rounds(Ledger ledger, Table table) {
        this.ledger = ledger;
        this.table = table;
    }

    Pulse beat(Request.Beat beat) {
        count(beat.node());
        claims(beat).forEach(ledger::put);
        missPlayers(beat);
        sweepNodes();
        sweepMatches();
        table.moveUnbegun();
        table.pairUp();
        return pulse(beat);
    }

    private void count(String node) {
        var last = ledger.nodes().get(node);
        if (last == null) {
            ledger.arrives(node);
            return;
        }
        if (last == ledger.round()) {
            ledger.nextRound();
        }
        ledger.beaten(node, ledger.round());
    }

    /// A node says what it hosts; of two that host the same the higher epoch counts. Only news are written, the oldest first.
    private List<Ledger.Running> claims(Request.Beat beat) {
        var claims = new ArrayList<Ledger.Running>();
        for (var hosted : beat.hosted()) {
            ledger.match(hosted.match())
                    .filter(match -> isNews(match, beat.node(), hosted.epoch()))
                    .map(match -> new Ledger.Running(match.pairing(), beat.node(),
                            hosted.epoch(), match.round()))
                    .ifPresent(claims::add);
        }
        claims.sort(Comparator.comparingLong(Ledger.Running::round));
        return claims.stream()
                .limit(Limits.CLAIMS)
                .map(claim -> new Ledger.Running(claim.pairing(), claim.host(), claim.epoch(),
                        ledger.round()))
                .toList();
    }

    private boolean isNews(Ledger.Running match, String node, long epoch) {
        var isLate = ledger.round() - match.round() > 1;
        return epoch > match.epoch()
                || (epoch == match.epoch() && (isLate || !match.host().equals(node)));
    }

    /// A page that closes says so; this is for when that was lost.
    private void missPlayers(Request.Beat beat) {
        var absent = 0;
        var gone = 0;
        for (var player : ledger.playersAt(beat.node())) {
            if (beat.players().contains(player)) {
                ledger.present(player);
            } else if (absent++ < Limits.ABSENT && gone < Limits.SWEPT
                    && ledger.missed(player) >= Limits.ABSENT_BEATS) {
                table.leave(player);
                gone++;
            }
        }
    }

    private void sweepNodes() {
        var gone = 0;
        for (var node : ledger.nodes().entrySet()) {
            if (ledger.round() - node.getValue() < Limits.GONE_ROUNDS) {
                continue;
            }
            var players = ledger.playersAt(node.getKey());
            for (var player : players) {
                if (gone++ < Limits.SWEPT) {
                    table.leave(player);
                }
            }
            if (gone <= Limits.SWEPT) {
                ledger.forget(node.getKey());
            }
        }
    }

    private void sweepMatches() {
        ledger.matches()
                .stream()
                .filter(match -> ledger.round() - match.round() >= Limits.LOST_ROUNDS)
                .limit(Limits.SWEPT)
                .forEach(match -> ledger
                        .finish(new Result(match.match(), 0, -1, Result.Reason.LOST)));
    }

    private Pulse pulse(Request.Beat beat) {
        var standings = new LinkedHashMap<String, Standing>();
        for (var player : beat.players()) {
            var standing = table.standing(player);
            if (!(standing instanceof Standing.Idle)) {
                standings.put(player, standing);
            }
        }
        return new Pulse(table.alive(), ledger.queue().size(), ledger.matches().size(), standings,
                table.toBegin(beat.node()),
                beat.matches().stream().map(table::ended).flatMap(Optional::stream).toList());
    }
}
