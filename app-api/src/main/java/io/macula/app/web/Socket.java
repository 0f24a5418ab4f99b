package io.macula.app.web;

import java.util.Map;

/// One browser's connection. Safe to use from any thread.
public interface Socket {

    /// Differs from that of any other connection of this node's life.
    String id();

    /// The query of the address it was opened with, decoded; of a repeated key the first value.
    Map<String, String> query();

    /// Sends a text message. False, and nothing is sent, when the connection has ended or more than
    /// 1 MiB waits for a slow reader: leave a message out rather than wait.
    boolean send(String text);

    /// Ends the connection; what was sent before is sent first.
    void close();
}
