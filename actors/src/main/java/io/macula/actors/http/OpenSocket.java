package io.macula.actors.http;

import java.util.Map;

/// One connection of a browser that stays open for text both ways. Safe to use from any thread.
public interface OpenSocket {

    /// Differs from that of any other connection; nobody can guess it.
    String id();

    /// Decoded; of a repeated key the first value.
    Map<String, String> query();

    /// False, and nothing is sent, when the connection has ended or too much waits for a slow reader.
    boolean send(String text);

    /// Ends it; what was sent before is sent first.
    void close();
}
