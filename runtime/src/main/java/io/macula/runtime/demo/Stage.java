package io.macula.runtime.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Runs the steps of the demonstration one after the other, each within its time, and tells the
/// story with the time since the beginning.
final class Stage {

    private final long startNanos = System.nanoTime();
    private final Consumer<String> story;
    private final CompletableFuture<Void> stop;
    private final List<DemoStep> steps = new ArrayList<>();

    Stage(Consumer<String> story, CompletableFuture<Void> stop) {
        this.story = story;
        this.stop = stop;
    }

    void tell(String line) {
        var seconds = (System.nanoTime() - startNanos) / 1e9;
        story.accept(String.format(Locale.ROOT, "%6.1fs  %s", seconds, line));
    }

    /// Runs one step; returns whether it went well. `play` returns what was seen.
    boolean step(String name, Duration limit, Supplier<String> play) {
        return step(name, limit, play, stop);
    }

    /// Runs what has to be done also when the story was ended early.
    boolean lastStep(String name, Duration limit, Supplier<String> play) {
        return step(name, limit, play, new CompletableFuture<>());
    }

    private boolean step(String name, Duration limit, Supplier<String> play,
            CompletableFuture<Void> end) {
        var from = System.nanoTime();
        var outcome = outcome(play, limit, end);
        var step = new DemoStep(name, outcome.isOk(),
                Duration.ofNanos(System.nanoTime() - from), outcome.detail());
        steps.add(step);
        tell((step.isOk() ? "ok      " : "FAILED  ") + name + ": " + step.detail());
        return step.isOk();
    }

    /// Notes a step that cannot be tried.
    void skip(String name, String why) {
        steps.add(new DemoStep(name, false, Duration.ZERO, "not tried: " + why));
        tell("FAILED  " + name + ": not tried: " + why);
    }

    List<DemoStep> steps() {
        return List.copyOf(steps);
    }

    private record Seen(boolean isOk, String detail) {}

    private Seen outcome(Supplier<String> play, Duration limit, CompletableFuture<Void> end) {
        if (end.isDone()) {
            return new Seen(false, "interrupted");
        }
        var playing = new CompletableFuture<Seen>();
        var actor = Thread.ofVirtual().name("demo-step").start(() -> playing.complete(seen(play)));
        try {
            CompletableFuture.anyOf(playing, end).get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return playing.isDone() ? playing.get() : new Seen(false, "interrupted");
        } catch (TimeoutException e) {
            return new Seen(false, "not done within " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Seen(false, "interrupted");
        } finally {
            actor.interrupt();
        }
    }

    private static Seen seen(Supplier<String> play) {
        try {
            return new Seen(true, play.get());
        } catch (RuntimeException e) {
            return new Seen(false, String.valueOf(e.getMessage()));
        }
    }
}
