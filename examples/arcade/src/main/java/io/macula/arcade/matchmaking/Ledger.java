package io.macula.arcade.matchmaking;

import io.macula.app.global.GlobalState;
import io.macula.arcade.json.Json;
import io.macula.arcade.match.Pairing;
import io.macula.arcade.match.Player;
import io.macula.arcade.match.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// What the matchmaker remembers, as records on top of its [GlobalState]: the queue, the matches that run, the results of the
/// latest, and the nodes. Read whole at the beginning of a request, written through.
final class Ledger {

    private static final String DESK = "desk";
    private static final String KEEPER = "keeper";
    private static final String DOUBTED = "doubted";

    /// A match that runs.
    ///
    /// @param host
    ///            the node that said last that it hosts it
    /// @param epoch
    ///            under which; 0 when nobody has said so yet
    /// @param round
    ///            when that was said
    record Running(Pairing pairing, String host, long epoch, long round) {

        Json.Obj write() {
            return pairing.write()
                    .with("at", host)
                    .with("epoch", epoch)
                    .with("round", round);
        }

        static Running read(Json json) {
            return new Running(Pairing.read(json), json.text("at", 64),
                    json.number("epoch", 0, Long.MAX_VALUE), json.number("round", 0,
                            Long.MAX_VALUE));
        }

        String match() {
            return pairing.match();
        }
    }

    private final GlobalState state;
    private final Map<String, Player> queue;
    private final Map<String, Running> matches;
    private final Map<String, Result> results;
    private final Map<String, Long> nodes;

    Ledger(GlobalState state) {
        this.state = state;
        this.queue = read("queue", Player::read);
        this.matches = read("matches", Running::read);
        this.results = read("results", Result::read);
        this.nodes = read("nodes", json -> json.number("round", 0, Long.MAX_VALUE));
    }

    private <T> Map<String, T> read(String name, Function<Json, T> make) {
        var all = new LinkedHashMap<String, T>();
        state.fields(name)
                .entries()
                .forEach((key, text) -> all.put(key, decoded(text, make)));
        return all;
    }

    private static <T> T decoded(String text, Function<Json, T> make) {
        return switch (Json.decode(text, 4_096, make)) {
            case Json.Decoded.Read<T>(var value) -> value;
            case Json.Decoded.Wrong<T>(var why) -> throw new IllegalStateException(why);
        };
    }

    /// Grows with every call.
    long nextNumber() {
        state.counter("numbers").add(1);
        return state.counter("numbers").value();
    }

    long round() {
        return state.counter("round").value();
    }

    void nextRound() {
        state.counter("round").add(1);
    }

    /// Those who wait, who waits longest first.
    List<Player> queue() {
        return List.copyOf(queue.values());
    }

    /// Puts a player at the end of the queue, or in their old place under a new name or node.
    void enqueue(Player player) {
        var ticket = ticketOf(player.id())
                .orElseGet(() -> String.format("%012d", nextNumber()));
        if (!player.equals(queue.put(ticket, player))) {
            state.fields("queue").put(ticket, player.write().write());
        }
    }

    void dequeue(String player) {
        ticketOf(player).ifPresent(ticket -> {
            queue.remove(ticket);
            state.fields("queue").remove(ticket);
        });
    }

    private Optional<String> ticketOf(String player) {
        return queue.entrySet()
                .stream()
                .filter(entry -> entry.getValue().id().equals(player))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    List<Running> matches() {
        return List.copyOf(matches.values());
    }

    Optional<Running> match(String match) {
        return Optional.ofNullable(matches.get(match));
    }

    Optional<Running> matchOf(String player) {
        return matches.values()
                .stream()
                .filter(running -> running.pairing().seatOf(player).isPresent())
                .findFirst();
    }

    void put(Running running) {
        if (!running.equals(matches.put(running.match(), running))) {
            state.fields("matches").put(running.match(), running.write().write());
        }
    }

    /// Writes the result of a match that runs and ends it; whose result is written already keeps it. Empty when there is
    /// no such match.
    Optional<Result> finish(Result result) {
        var written = results.get(result.match());
        if (written == null && matches.remove(result.match()) != null) {
            state.fields("matches").remove(result.match());
            state.fields("results").put(result.match(), result.write().write());
            results.put(result.match(), result);
            written = result;
            forgetOldest();
        }
        return Optional.ofNullable(written);
    }

    /// The ids of matches begin with their number.
    private void forgetOldest() {
        if (results.size() > Limits.RESULTS) {
            var oldest = results.keySet().stream().min(String::compareTo).orElseThrow();
            results.remove(oldest);
            state.fields("results").remove(oldest);
        }
    }

    Optional<Result> result(String match) {
        return Optional.ofNullable(results.get(match));
    }

    /// The nodes that have beaten, each with the round of its last beat.
    Map<String, Long> nodes() {
        return Map.copyOf(nodes);
    }

    /// A node is heard of, if only through a player: from now on its silence counts. False when there are too many.
    boolean arrives(String node) {
        if (!nodes.containsKey(node) && nodes.size() < Limits.NODES) {
            beaten(node, round());
        }
        return nodes.containsKey(node);
    }

    void beaten(String node, long round) {
        if (doubted().filter(node::equals).isPresent()) {
            state.fields(DESK).remove(DOUBTED);
        }
        nodes.put(node, round);
        state.fields("nodes").put(node, Json.object().with("round", round).write());
    }

    void forget(String node) {
        nodes.remove(node);
        state.fields("nodes").remove(node);
    }

    /// The matchmaker runs on `node`. Where it ran before, something has happened: a match given to that node might never begin,
    /// so it is doubted until it beats.
    void keptBy(String node) {
        var desk = state.fields(DESK);
        var before = desk.get(KEEPER);
        if (before.filter(node::equals).isEmpty()) {
            before.ifPresent(doubted -> desk.put(DOUBTED, doubted));
            desk.put(KEEPER, node);
        }
    }

    /// The node that lost the matchmaker and has not been heard since.
    Optional<String> doubted() {
        return state.fields(DESK).get(DOUBTED);
    }

    /// Everybody who waits or plays at `node`.
    List<String> playersAt(String node) {
        var playing = matches.values().stream().flatMap(each -> each.pairing().players().stream());
        return Stream.concat(queue.values().stream(), playing)
                .filter(player -> player.node().equals(node))
                .map(Player::id)
                .distinct()
                .toList();
    }

    /// Counts a beat of a player's node without the player, and says which it was.
    int missed(String player) {
        var count = state.fields("absent").get(player).map(Integer::parseInt).orElse(0) + 1;
        state.fields("absent").put(player, String.valueOf(count));
        return count;
    }

    void present(String player) {
        if (state.fields("absent").get(player).isPresent()) {
            state.fields("absent").remove(player);
        }
    }
}
