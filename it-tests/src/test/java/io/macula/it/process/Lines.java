package io.macula.it.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// One output of a process, read line by line as it comes. Safe to use from any thread.
final class Lines {

    private final List<String> lines = new ArrayList<>();
    private boolean complete;

    /// Reads `stream` to its end on a thread of its own.
    static Lines of(InputStream stream) {
        var lines = new Lines();
        // No virtual thread: one that waits for a pipe holds its carrier, and once two do so for long, none other runs.
        Thread.ofPlatform().daemon().start(() -> lines.read(stream));
        return lines;
    }

    private void read(InputStream stream) {
        try (var reader = new BufferedReader(
                new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            // A stream that breaks with its process has ended.
        } finally {
            end();
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        complete = true;
        notifyAll();
    }

    /// The first line that is `wanted`, once it is there; empty when the output ended without it
    /// or `patience` was over.
    synchronized Optional<String> await(Predicate<String> wanted, Duration patience) {
        awaitUntil(() -> complete || first(wanted).isPresent(), patience);
        return first(wanted);
    }

    private Optional<String> first(Predicate<String> wanted) {
        return lines.stream().filter(wanted).findFirst();
    }

    /// True when the output has ended before `patience` was over.
    synchronized boolean awaitEnd(Duration patience) {
        awaitUntil(() -> complete, patience);
        return complete;
    }

    private synchronized void awaitUntil(BooleanSupplier done, Duration patience) {
        var until = System.nanoTime() + patience.toNanos();
        try {
            while (!done.getAsBoolean() && System.nanoTime() < until) {
                wait(Math.max(1, (until - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What came so far.
    synchronized List<String> all() {
        return List.copyOf(lines);
    }
}
