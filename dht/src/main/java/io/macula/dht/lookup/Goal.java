package io.macula.dht.lookup;

/// What a lookup is after.
public enum Goal {
    /// The nodes nearest to the target: ends when all of them answered.
    NODES,
    /// The value of a key: ends when enough paths found one.
    VALUE,
    /// Provider records of a key: ends when enough paths found some.
    PROVIDERS
}
