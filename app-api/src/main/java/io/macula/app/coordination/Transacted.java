package io.macula.app.coordination;

import java.util.List;

/// What became of a transaction.
public sealed interface Transacted
        permits Transacted.Done, Failure {

    /// It ran, whole and at one point in time.
    ///
    /// @param succeeded
    ///            whether all conditions held; else the other operations ran
    /// @param results
    ///            one for each operation that ran, in their order
    record Done(boolean succeeded, List<OperationResult> results) implements Transacted {

        public Done {
            results = List.copyOf(results);
        }
    }
}
