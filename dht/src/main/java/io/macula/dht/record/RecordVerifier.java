package io.macula.dht.record;

/// Decides whether a record was really made by its publisher. The node uses [Ed25519]; a simulation
/// of a hundred thousand nodes uses something cheaper; a realm may also refuse foreign publishers.
@FunctionalInterface
public interface RecordVerifier {

    /// False for a forged, damaged or foreign record. Must not throw on hostile input.
    boolean isGenuine(SignedRecord signed);
}
