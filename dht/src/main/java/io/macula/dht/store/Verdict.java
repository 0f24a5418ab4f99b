package io.macula.dht.store;

/// A holder's answer to a request to store a record.
public enum Verdict {
    /// Kept: new, newer, or the same again.
    STORED,
    /// Refused: a record of the same publisher with a higher sequence is here.
    OLDER,
    /// Refused: the key's value belongs to another publisher.
    FOREIGN,
    /// Refused: it has ended.
    EXPIRED,
    /// Refused: the signature does not hold, or the realm does not want the publisher.
    FORGED,
    /// Refused: no room.
    FULL,
    /// Refused: the request carried no token that this node gave to its sender lately.
    NO_TOKEN
}
