package io.macula.actors.link;

/// What a stream of a link carries. A link has one long-lived stream per class, so that a bulk
/// transfer never delays a call. The class follows from the QUIC stream id: the dialler opens
/// them in this order.
public enum StreamClass {
    /// Handshake, heartbeats, subscriptions, the directory.
    CONTROL,
    /// Requests and replies.
    CALL,
    /// Published messages.
    PUBLISH,
    /// Anything large that may wait.
    BULK;

    /// The class of a dialler-opened bidirectional stream (RFC 9000, 2.1): id 0, 4, 8 or 12.
    public static StreamClass ofStreamId(long id) {
        if (id % 4 != 0 || id < 0 || id / 4 >= values().length) {
            throw new IllegalArgumentException("no stream class has the stream id " + id);
        }
        return values()[(int) (id / 4)];
    }
}
