package io.macula.arcade.lobby;

import io.macula.app.web.Socket;
import io.macula.app.web.SocketHandler;
import io.macula.arcade.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Where pages come in: reads what they say and passes it on to the lobby, as fast as is reasonable. Whatever a page sends, it gets
/// one sentence back, and nothing else happens. What waits for the lobby is bounded by connections times their messages per second.
final class Intake implements SocketHandler {

    static final int CONNECTIONS_MAX = 64;
    static final int PER_SECOND_MAX = 40;

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Consumer<Arrival> lobby;
    private final Clock clock;
    private final Map<String, Line> lines = new ConcurrentHashMap<>();

    /// What the lobby is told.
    sealed interface Arrival {

        record Opened(Socket socket) implements Arrival {}

        record Said(String socket, PageMessage message) implements Arrival {}

        record Closed(String socket) implements Arrival {}
    }

    /// One connection's messages in the second that began at `since`. Its calls come one at a time.
    private static final class Line {
        private Instant since;
        private int count;

        private Line(Instant since) {
            this.since = since;
        }

        private int next(Instant now) {
            if (Duration.between(since, now).compareTo(SECOND) >= 0) {
                since = now;
                count = 0;
            }
            return ++count;
        }
    }

    Intake(Consumer<Arrival> lobby, Clock clock) {
        this.lobby = lobby;
        this.clock = clock;
    }

    @Override
    public void opened(Socket socket) {
        if (lines.size() >= CONNECTIONS_MAX) {
            socket.send(Says.error("this node has as many connections as it may").write());
            socket.close();
            return;
        }
        lines.put(socket.id(), new Line(clock.instant()));
        lobby.accept(new Arrival.Opened(socket));
    }

    @Override
    public void received(Socket socket, String text) {
        var line = lines.get(socket.id());
        if (line == null) {
            return;
        }
        var count = line.next(clock.instant());
        if (count > PER_SECOND_MAX) {
            if (count == PER_SECOND_MAX + 1) {
                socket.send(Says.error("too many messages, at most " + PER_SECOND_MAX
                        + " a second are read").write());
            }
            return;
        }
        switch (Json.decode(text, PageMessage.CHARS_MAX, PageMessage::read)) {
            case Json.Decoded.Read<PageMessage>(var message) ->
                lobby.accept(new Arrival.Said(socket.id(), message));
            case Json.Decoded.Wrong<PageMessage>(var why) ->
                socket.send(Says.error(why).write());
        }
    }

    @Override
    public void closed(Socket socket) {
        if (lines.remove(socket.id()) != null) {
            lobby.accept(new Arrival.Closed(socket.id()));
        }
    }
}
