package io.macula.actors.http;

import java.time.Duration;

/// What the HTTP port spends on those who ask, at most.
///
/// @param connectionsMax connections that are open at once
/// @param socketsMax WebSockets among them
/// @param requestsMax requests that are answered at the same time, until the answer has been taken
/// @param addressBytesMax the first line of a request
/// @param headersBytesMax all header fields of a request
/// @param messageBytesMax a text message of a browser
/// @param pendingBytesMax what may wait for a slow reader of a socket before more is left out
/// @param inboxMax messages of one socket that wait for its listener
/// @param requestTimeout how long a connection may take until its next request is complete, and an answer
///                       may make no headway
/// @param silenceMax how long nothing may come from a socket, not even the answer to a ping
public record HttpLimits(int connectionsMax, int socketsMax, int requestsMax, int addressBytesMax,
        int headersBytesMax, int messageBytesMax, int pendingBytesMax, int inboxMax,
        Duration requestTimeout, Duration silenceMax) {

    /// What `reference.conf` says.
    public static final HttpLimits DEFAULT = new HttpLimits(1_000, 500, 64, 8 << 10, 16 << 10,
            64 << 10, 1 << 20, 256, Duration.ofSeconds(10), Duration.ofSeconds(15));
}
