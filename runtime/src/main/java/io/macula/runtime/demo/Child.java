package io.macula.runtime.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.json.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// One process of the demonstration: a node whose strings are held here.
final class Child {

    /// Events kept for whoever awaits them; a demonstration has a few dozen.
    private static final int EVENTS_MAX = 10_000;

    private final String name;
    private final Path dataDir;
    private final Process process;
    private final BufferedWriter strings;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> replies = new ConcurrentHashMap<>();
    private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>(EVENTS_MAX);
    private final CompletableFuture<JsonNode> ready = new CompletableFuture<>();
    private volatile boolean killed;

    Child(String name, Path dataDir, Process process) {
        this.name = name;
        this.dataDir = dataDir;
        this.process = process;
        this.strings = process.outputWriter();
        // No virtual thread: one that waits for a pipe holds its carrier, and once two do so for long, none other runs.
        Thread.ofPlatform().daemon().name("demo-" + name).start(this::listen);
    }

    String name() {
        return name;
    }

    Path dataDir() {
        return dataDir;
    }

    long pid() {
        return process.pid();
    }

    private void listen() {
        try {
            process.inputReader().lines().forEach(this::hear);
        } catch (UncheckedIOException _) {
            // The process was ended while it spoke.
        }
        ready.completeExceptionally(new StepFailedException(name + " ended"));
        replies.values()
                .forEach(reply -> reply.completeExceptionally(
                        new StepFailedException(name + " ended")));
    }

    private void hear(String line) {
        if (!(Json.parse(line) instanceof Json.Parsed.Value(var json))) {
            return;
        }
        if (json.has("re")) {
            var reply = replies.remove(json.path("re").asInt());
            if (reply != null) {
                reply.complete(json);
            }
        } else if (json.has("event")) {
            events.offer(json);
        } else {
            ready.complete(json);
        }
    }

    /// What the node printed when it was ready.
    JsonNode ready(Duration patience) {
        return await(ready, patience, name + " did not become ready");
    }

    /// Tells the process to do something and returns its answer, which is a good one.
    JsonNode ask(ObjectNode request, Duration patience) {
        var answer = tryTo(request, patience);
        if (!answer.path("ok").asBoolean()) {
            throw new StepFailedException(name + ": " + answer.path("message").asText());
        }
        return answer;
    }

    /// Tells the process to do something and returns its answer, good or not.
    JsonNode tryTo(ObjectNode request, Duration patience) {
        var number = numbers.incrementAndGet();
        var reply = new CompletableFuture<JsonNode>();
        replies.put(number, reply);
        try {
            synchronized (strings) {
                strings.write(Json.write(request.put("n", number)));
                strings.newLine();
                strings.flush();
            }
        } catch (IOException e) {
            throw new StepFailedException(name + " cannot be told anything: " + e.getMessage());
        }
        return await(reply, patience, name + " did not answer " + request.path("op").asText());
    }

    /// The first event that `wanted` accepts; events before it are dropped.
    JsonNode event(Predicate<JsonNode> wanted, Duration patience, String what) {
        var until = System.nanoTime() + patience.toNanos();
        try {
            while (System.nanoTime() < until) {
                var event = events.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (event != null && wanted.test(event)) {
                    return event;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new StepFailedException(name + " did not " + what);
    }

    private static JsonNode await(CompletableFuture<JsonNode> stage, Duration patience,
            String otherwise) {
        try {
            return stage.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new StepFailedException(otherwise + " within " + patience.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new StepFailedException(otherwise + ": the process ended");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StepFailedException(otherwise + ": interrupted");
        }
    }

    /// Waits until it is ready or has ended: before that a process ends without any order.
    void settle(Duration patience) {
        var _ = ready.handle((_, _) -> true)
                .completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /// Asks the process to end, as a system going down would.
    void stop() {
        process.destroy();
    }

    /// The exit code; a process that takes longer than `patience` is killed.
    int exitCode(Duration patience) {
        try {
            if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kill();
        throw new StepFailedException(name + " did not end within " + patience.toSeconds() + " s");
    }

    boolean isKilled() {
        return killed;
    }

    /// Whether it was killed here or by whoever plays with it, or has ended by itself.
    boolean isGone() {
        return killed || !process.isAlive();
    }

    /// SIGKILL: no goodbye is said.
    void kill() {
        killed = true;
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
