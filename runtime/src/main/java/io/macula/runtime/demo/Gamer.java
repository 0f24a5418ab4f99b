package io.macula.runtime.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A player as the page of the game would play, by its protocol: runs round in squares where it began, until it
/// is told to lose.
final class Gamer implements WebSocket.Listener, AutoCloseable {

    private static final String[] ROUND = {"up", "right", "down", "left"};
    private static final String LETTERS = "URDL";

    /// Cells of one side of the square.
    private static final int SIDE = 3;

    private static final int HEARD_MAX = 100_000;

    /// A frame, with when it came.
    record Frame(long nanos, long epoch, String host, long tick) {}

    private final String name;
    private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>(HEARD_MAX);
    private final StringBuilder partial = new StringBuilder();
    private final @Nullable WebSocket socket;
    private volatile @Nullable Frame last;
    private volatile long longestGapNanos;
    private volatile boolean isLosing;
    private volatile int seat = -1;
    /// So that the first frame makes it turn: the players begin face to face.
    private int straight = SIDE;
    private String before = "";

    Gamer(String name, HttpClient client, String http) {
        this.name = name;
        var place = URI.create(http.replace("http://", "ws://") + "/apps/arcade/play");
        try {
            socket = client.newWebSocketBuilder().buildAsync(place, this).join();
        } catch (CompletionException e) {
            throw new StepFailedException(name + " cannot open " + place + ": " + e.getCause());
        }
        say("hello", Json.object().put("token", UUID.randomUUID().toString()).put("name", name));
        hear("welcome", Duration.ofSeconds(10));
    }

    String name() {
        return name;
    }

    int seat() {
        return seat;
    }

    private void say(String what, ObjectNode with) {
        var to = socket;
        if (to != null) {
            to.sendText(Json.write(with.put("do", what)), true);
        }
    }

    void join() {
        say("join", Json.object());
    }

    void leave() {
        say("leave", Json.object());
    }

    /// Runs straight on from now on, into the wall.
    void lose() {
        isLosing = true;
    }

    @Override
    public void onOpen(WebSocket opened) {
        opened.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
        partial.append(data);
        if (isLast) {
            var text = partial.toString();
            partial.setLength(0);
            if (Json.parse(text) instanceof Json.Parsed.Value(var json)) {
                take(json);
            }
        }
        from.request(1);
        return null;
    }

    private void take(JsonNode json) {
        switch (json.path("say").asText()) {
            case "frame" -> frame(json);
            case "match" -> {
                seat = json.path("seat").asInt();
                heard.offer(json);
            }
            default -> heard.offer(json);
        }
    }

    private void frame(JsonNode json) {
        var known = last;
        var now = System.nanoTime();
        if (known != null) {
            longestGapNanos = Math.max(longestGapNanos, now - known.nanos());
        }
        last = new Frame(now, json.path("epoch").asLong(), json.path("host").asText(),
                json.path("tick").asLong());
        steer(json.path("game").path("snakes").path(seat));
    }

    /// Turns to the right after each side of the square.
    private void steer(JsonNode snake) {
        var head = Json.write(snake.path("head"));
        if (seat < 0 || isLosing || head.equals(before)) {
            return;
        }
        before = head;
        straight++;
        if (straight >= SIDE) {
            straight = 0;
            var heading = LETTERS.indexOf(snake.path("heading").asText());
            say("turn", Json.object().put("to", ROUND[(heading + 1) % ROUND.length]));
        }
    }

    /// Forgets how long frames were away until now.
    void watch() {
        longestGapNanos = 0;
    }

    Duration longestGap() {
        return Duration.ofNanos(longestGapNanos);
    }

    /// The first frame that `wanted` accepts.
    Frame frame(Predicate<Frame> wanted, Duration patience, String what) {
        var until = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < until) {
            var now = last;
            if (now != null && wanted.test(now)) {
                return now;
            }
            pause();
        }
        throw new StepFailedException(name + " did not see " + what + " within "
                + patience.toSeconds() + " s");
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StepFailedException("interrupted");
        }
    }

    /// The next message of this kind; those before it are dropped.
    JsonNode hear(String what, Duration patience) {
        var until = System.nanoTime() + patience.toNanos();
        var others = new StringBuilder();
        try {
            while (System.nanoTime() < until) {
                var next = heard.poll(Math.max(1, until - System.nanoTime()),
                        TimeUnit.NANOSECONDS);
                if (next != null && next.path("say").asText().equals(what)) {
                    return next;
                }
                if (next != null && next.has("text")) {
                    others.append("; it was told: ").append(next.path("text").asText());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new StepFailedException(name + " did not hear '" + what + "' within "
                + patience.toSeconds() + " s" + others);
    }

    @Override
    public void close() {
        var open = socket;
        if (open != null) {
            open.abort();
        }
    }
}
