package io.macula.arcade.lobby;

import io.macula.arcade.json.Json;
import io.macula.arcade.match.Pairing;

/// What one node's lobby tells another's: `arcade.node.ID` carries the matches that concern it.
final class NodeTopic {

    static final int CHARS_MAX = 2_048;

    /// A match, and under which epoch it runs; 0 when nobody hosts it yet.
    record Call(Pairing pairing, long epoch) {

        Json.Obj write() {
            return pairing.write().with("epoch", epoch);
        }

        static Call read(Json json) {
            return new Call(Pairing.read(json), json.number("epoch", 0, Long.MAX_VALUE >> 1));
        }
    }

    private NodeTopic() {}

    static String of(String node) {
        return "arcade.node." + node;
    }
}
