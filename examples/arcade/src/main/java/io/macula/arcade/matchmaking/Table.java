package io.macula.arcade.matchmaking;

import io.macula.arcade.match.Pairing;
import io.macula.arcade.match.Player;
import io.macula.arcade.match.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Seats players: who waits longest plays who waits next, on nodes that are alive. A player is in the queue or in one match or in neither.
final class Table {

    private final Ledger ledger;

    /// What became of a wish to play.
    sealed interface Seating {

        record Seated(Standing standing) implements Seating {}

        /// One sentence for the player.
        record Full(String message) implements Seating {}
    }

    Table(Ledger ledger) {
        this.ledger = ledger;
    }

    Seating join(Player player) {
        if (!ledger.arrives(player.node())) {
            return new Seating.Full("too many nodes take part");
        }
        var known = ledger.matchOf(player.id());
        if (known.isPresent()) {
            moved(known.get(), player);
        } else if (isWaiting(player.id()) || ledger.queue().size() < Limits.QUEUE) {
            ledger.enqueue(player);
            pairUp();
        } else {
            return new Seating.Full("too many players wait, try again later");
        }
        return new Seating.Seated(standing(player.id()));
    }

    Seating playBot(Player player) {
        if (!ledger.arrives(player.node())) {
            return new Seating.Full("too many nodes take part");
        }
        var known = ledger.matchOf(player.id());
        if (known.isPresent()) {
            moved(known.get(), player);
        } else if (begin(player, Player.bot())) {
            ledger.dequeue(player.id());
        } else {
            return new Seating.Full("all nodes are busy with matches, try again later");
        }
        return new Seating.Seated(standing(player.id()));
    }

    /// A player who leaves a match loses it, which frees the other.
    Standing leave(String player) {
        ledger.dequeue(player);
        ledger.present(player);
        return ledger.matchOf(player).<Standing>map(running -> {
            var seat = running.pairing().seatOf(player).orElseThrow();
            var lost = new Result(running.match(), 0, 1 - seat, Result.Reason.LEFT);
            running.pairing().players().forEach(each -> ledger.present(each.id()));
            return new Standing.Left(ledger.finish(lost).orElse(lost));
        }).orElseGet(Standing.Idle::new);
    }

    Standing standing(String player) {
        var playing = ledger.matchOf(player);
        if (playing.isPresent()) {
            return new Standing.Playing(playing.get().pairing(), playing.get().epoch());
        }
        var queue = ledger.queue().stream().map(Player::id).toList();
        return queue.contains(player)
                ? new Standing.Queued(queue.indexOf(player) + 1, queue.size())
                : new Standing.Idle();
    }

    private boolean isWaiting(String player) {
        return ledger.queue().stream().anyMatch(waiting -> waiting.id().equals(player));
    }

    /// The player's page is open on another node now.
    private void moved(Ledger.Running running, Player player) {
        var old = running.pairing();
        var players = old.players()
                .stream()
                .map(each -> each.id().equals(player.id()) ? player : each)
                .toList();
        ledger.put(new Ledger.Running(new Pairing(old.match(), players, old.host(),
                old.standby(), old.seed()), running.host(), running.epoch(), running.round()));
    }

    /// Lets the two who wait longest play, if there is a node to play on.
    void pairUp() {
        var queue = ledger.queue();
        if (queue.size() >= 2 && begin(queue.get(0), queue.get(1))) {
            ledger.dequeue(queue.get(0).id());
            ledger.dequeue(queue.get(1).id());
        }
    }

    private boolean begin(Player first, Player second) {
        var nodes = places(List.of(first, second));
        if (nodes.isEmpty() || ledger.matches().size() >= Limits.MATCHES) {
            return false;
        }
        var number = ledger.nextNumber();
        var match = String.format("%06d-%s-%s", number, start(first.id()), start(second.id()));
        var pairing = new Pairing(match, List.of(first, second), nodes.getFirst(),
                nodes.size() > 1 ? nodes.get(1) : "", number * 0xD1342543DE82EF95L);
        ledger.put(new Ledger.Running(pairing, pairing.host(), 0, ledger.round()));
        return true;
    }

    /// A match whose host is gone before it began goes to another node.
    void moveUnbegun() {
        var alive = alive();
        ledger.matches()
                .stream()
                .filter(match -> match.epoch() == 0 && !alive.contains(match.host()))
                .limit(Limits.SWEPT)
                .forEach(match -> move(match, alive));
    }

    private void move(Ledger.Running match, List<String> alive) {
        var old = match.pairing();
        var nodes = places(old.players()).stream().filter(alive::contains).toList();
        if (!nodes.isEmpty()) {
            var pairing = new Pairing(old.match(), old.players(), nodes.getFirst(),
                    nodes.size() > 1 ? nodes.get(1) : "", old.seed());
            ledger.put(new Ledger.Running(pairing, pairing.host(), 0, match.round()));
        }
    }

    private static String start(String id) {
        return id.substring(0, Math.min(4, id.length()));
    }

    /// Where a match may run. Best is a node with none of the two pages: when it dies both go on playing. Then the one
    /// that hosts least.
    private List<String> places(List<Player> players) {
        var pages = players.stream().map(Player::node).filter(node -> !node.isEmpty()).toList();
        var nodes = new ArrayList<>(alive());
        pages.stream().filter(page -> !nodes.contains(page)).forEach(nodes::add);
        nodes.removeIf(node -> hostedAt(node) >= Limits.HOSTED_PER_NODE);
        nodes.sort(Comparator.<String, Boolean>comparing(pages::contains)
                .thenComparingLong(this::hostedAt)
                .thenComparing(Comparator.naturalOrder()));
        return nodes;
    }

    /// The nodes that have beaten lately, the one that hosts least first.
    List<String> alive() {
        var doubted = ledger.doubted().orElse("");
        return ledger.nodes()
                .entrySet()
                .stream()
                .filter(node -> !node.getKey().equals(doubted))
                .filter(node -> ledger.round() - node.getValue() < Limits.QUIET_ROUNDS)
                .map(node -> node.getKey())
                .sorted(Comparator.comparingLong(this::hostedAt)
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private long hostedAt(String node) {
        return ledger.matches().stream().filter(match -> match.host().equals(node)).count();
    }

    /// What a node is to host and nobody hosts yet.
    List<Pairing> toBegin(String node) {
        return ledger.matches()
                .stream()
                .filter(match -> match.epoch() == 0 && match.host().equals(node))
                .map(Ledger.Running::pairing)
                .toList();
    }

    /// What is written of `match`; of one that nobody knows, that it was lost.
    Optional<Result> ended(String match) {
        return ledger.match(match).isPresent()
                ? Optional.empty()
                : Optional.of(ledger.result(match)
                        .orElse(new Result(match, 0, -1, Result.Reason.LOST)));
    }
}
