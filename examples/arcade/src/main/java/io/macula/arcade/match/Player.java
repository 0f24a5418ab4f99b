package io.macula.arcade.match;

import io.macula.arcade.json.Json;

/// Who plays.
///
/// @param id
///            16 hexadecimal digits; [#BOT_ID] for the bot
/// @param name
///            what others see, 1 to 24 characters
/// @param node
///            where the page is open; empty for the bot
public record Player(String id, String name, String node) {

    public static final int NAME_MAX = 24;

    private static final int NODE_MAX = 64;
    private static final String BOT_ID = "bot";

    public Player {
        if (!isId(id) && !id.equals(BOT_ID)) {
            throw new IllegalArgumentException("a player's id has 16 hexadecimal digits");
        }
        if (name.isBlank() || name.length() > NAME_MAX) {
            throw new IllegalArgumentException("a name has 1 to " + NAME_MAX + " characters");
        }
        if (!node.isEmpty()) {
            requireNode(node);
        }
    }

    public static Player bot() {
        return new Player(BOT_ID, "Bot", "");
    }

    public boolean isBot() {
        return id.equals(BOT_ID);
    }

    public static boolean isId(String text) {
        return text.matches("[0-9a-f]{16}");
    }

    /// The id of a node, or any other name that fits into a topic.
    public static String requireNode(String text) {
        if (!text.matches("[A-Za-z0-9_-]{1," + NODE_MAX + "}")) {
            throw new Json.Malformed("a node's id has 1 to " + NODE_MAX + " letters and digits");
        }
        return text;
    }

    public Json.Obj write() {
        return Json.object().with("id", id).with("name", name).with("node", node);
    }

    public static Player read(Json json) {
        return new Player(json.text("id", 16), json.text("name", NAME_MAX),
                json.text("node", NODE_MAX));
    }
}
