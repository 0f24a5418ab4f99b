package io.macula.arcade.lobby;

import io.macula.arcade.game.Direction;
import io.macula.arcade.json.Json;
import io.macula.arcade.match.Player;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What a page says.
sealed interface PageMessage {

    /// In characters of JSON.
    int CHARS_MAX = 1_024;

    /// Who is there: the first message on a connection.
    ///
    /// @param player
    ///            the same for the same secret, from which nobody can tell the secret
    record Hello(String player, String name) implements PageMessage {}

    record Join() implements PageMessage {}

    record PlayBot() implements PageMessage {}

    record Leave() implements PageMessage {}

    record Turn(Direction way) implements PageMessage {}

    /// Comes back as it is, so that the page can measure the way.
    record Ping(long at) implements PageMessage {}

    /// @throws Json.Malformed when it is none; the message is for the page
    static PageMessage read(Json json) {
        return switch (json.text("do", 16)) {
            case "hello" -> new Hello(player(json.text("token", 64)),
                    name(json.text("name", Player.NAME_MAX)));
            case "join" -> new Join();
            case "bot" -> new PlayBot();
            case "leave" -> new Leave();
            case "turn" -> new Turn(way(json.text("to", 8)));
            case "ping" -> new Ping(json.number("at", 0, Long.MAX_VALUE));
            case String other -> throw new Json.Malformed("'" + other + "' cannot be done");
        };
    }

    private static Direction way(String to) {
        return switch (to) {
            case "up" -> Direction.UP;
            case "right" -> Direction.RIGHT;
            case "down" -> Direction.DOWN;
            case "left" -> Direction.LEFT;
            default -> throw new Json.Malformed("a turn goes up, right, down or left");
        };
    }

    /// Without what cannot be seen; never empty.
    private static String name(String wanted) {
        var visible = wanted.replaceAll("[\\p{C}\\p{Z}]+", " ").strip();
        return visible.isEmpty() ? "Player" : visible;
    }

    private static String player(String token) {
        if (!token.matches("[A-Za-z0-9-]{16,64}")) {
            throw new Json.Malformed("a token has 16 to 64 letters, digits and hyphens");
        }
        try {
            var hash = MessageDigest.getInstance("SHA-256")
                    .digest(token.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
