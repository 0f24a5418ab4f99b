package io.macula.app.coordination;

import io.macula.app.Payload;

/// What one step of a transaction found or did.
public sealed interface OperationResult {

    /// A get found it.
    ///
    /// @param revision
    ///            of the transaction that wrote it
    record Found(Payload value, long revision) implements OperationResult {}

    /// A get or a delete found nothing.
    record NotFound() implements OperationResult {}

    /// A put wrote it, at `revision`.
    record Written(long revision) implements OperationResult {}

    /// A delete removed it.
    record Removed() implements OperationResult {}
}
