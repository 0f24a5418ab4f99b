package io.macula.runtime.demo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Who waits for a game and who plays: pairs the two players that have waited longest on different
/// peers. Pure.
///
/// @param waiting
///            in the order of registration
/// @param playing
///            player id to match id
record Matchmaker(List<Player> waiting, Map<String, String> playing) {

    /// Players that may wait at once.
    static final int WAITING_MAX = 1_000;

    /// Length of a match id in hexadecimal digits.
    private static final int MATCH_ID_DIGITS = 16;

    record Player(String id, String name, String nodeId) {}

    /// Two players and the peer that hosts their game.
    record Match(String id, Player first, Player second) {

        /// The smaller node id, so that everybody names the same one.
        String host() {
            return first.nodeId().compareTo(second.nodeId()) <= 0
                    ? first.nodeId()
                    : second.nodeId();
        }
    }

    /// What a request came to.
    sealed interface Step {
        record Accepted(Matchmaker next, Optional<Match> match) implements Step {}

        /// A stable word, told to the caller.
        record Refused(String reason) implements Step {}
    }

    Matchmaker {
        waiting = List.copyOf(waiting);
        playing = Map.copyOf(playing);
    }

    static Matchmaker empty() {
        return new Matchmaker(List.of(), Map.of());
    }

    Step register(Player player) {
        if (playing.containsKey(player.id())) {
            return new Step.Refused("in_game");
        }
        if (isWaiting(player.id())) {
            return new Step.Refused("already_registered");
        }
        if (waiting.size() >= WAITING_MAX) {
            return new Step.Refused("queue_full");
        }
        var longer = new ArrayList<>(waiting);
        longer.add(player);
        return paired(longer);
    }

    Step unregister(String playerId) {
        if (!isWaiting(playerId)) {
            return new Step.Refused("not_registered");
        }
        var shorter = waiting.stream().filter(player -> !player.id().equals(playerId)).toList();
        return new Step.Accepted(new Matchmaker(shorter, playing), Optional.empty());
    }

    /// The new player is the only one who can complete a pair: all before are on one peer.
    private Step paired(List<Player> players) {
        var second = players.getLast();
        var first = players.stream()
                .filter(player -> !player.nodeId().equals(second.nodeId()))
                .findFirst();
        if (first.isEmpty()) {
            return new Step.Accepted(new Matchmaker(players, playing), Optional.empty());
        }
        var match = new Match(matchId(first.get().id(), second.id()), first.get(), second);
        var rest = players.stream()
                .filter(player -> player != first.get() && player != second)
                .toList();
        var more = new HashMap<>(playing);
        more.put(first.get().id(), match.id());
        more.put(second.id(), match.id());
        return new Step.Accepted(new Matchmaker(rest, more), Optional.of(match));
    }

    private boolean isWaiting(String playerId) {
        return waiting.stream().anyMatch(player -> player.id().equals(playerId));
    }

    /// The same for both orders: the beginning of SHA-256 over the sorted ids joined by `:`.
    static String matchId(String one, String other) {
        var sorted = Stream.of(one, other).sorted().toList();
        var hash = sha256(String.join(":", sorted).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash).substring(0, MATCH_ID_DIGITS);
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
