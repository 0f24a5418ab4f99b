package io.macula.app.coordination;

import io.macula.app.Payload;

/// One step of a transaction. Later steps see what earlier ones did.
public sealed interface Operation {

    String key();

    record Get(String key) implements Operation {}

    record Put(String key, Payload value) implements Operation {}

    record Delete(String key) implements Operation {}
}
