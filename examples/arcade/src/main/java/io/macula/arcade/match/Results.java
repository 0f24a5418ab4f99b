package io.macula.arcade.match;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Where the result of a match is written.
@FunctionalInterface
public interface Results {

    /// Writes `result` unless one is written already. The stage never fails; it gives what is written, or
    /// nothing when that could not be learned: then ask again.
    CompletionStage<Optional<Result>> write(Result result);
}
