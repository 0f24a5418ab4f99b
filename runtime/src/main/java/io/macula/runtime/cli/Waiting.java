package io.macula.runtime.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits on the main thread of a command, which is where blocking is right.
final class Waiting {

    private Waiting() {}

    /// The value, or empty when the user asked to stop or `patience` was over first. A failure of
    /// `stage` is a bug of whoever made it and is thrown on.
    static <T> Optional<T> until(Console console, CompletableFuture<T> stage, Duration patience) {
        try {
            CompletableFuture.anyOf(stage, console.stop())
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return stage.isDone() ? Optional.of(stage.get()) : Optional.empty();
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
