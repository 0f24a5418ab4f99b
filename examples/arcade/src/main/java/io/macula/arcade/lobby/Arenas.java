package io.macula.arcade.lobby;

import io.macula.app.workload.Platform;
import io.macula.arcade.match.Arena;
import io.macula.arcade.match.Effect;
import io.macula.arcade.match.Pairing;
import io.macula.arcade.match.Results;
import io.macula.arcade.matchmaking.Limits;
import io.macula.arcade.matchmaking.Request;
import io.macula.supervision.Child;
import io.macula.supervision.Key;
import io.macula.supervision.Refs;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;

/// The arenas on this node: which there are, and which of them host. Only for the lobby's thread.
final class Arenas {

    private final Platform platform;
    private final Results results;
    private final Clock clock;
    private final Refs supervisor;
    private final Map<String, Known> known = new LinkedHashMap<>();

    private record Known(boolean isHost, long epoch) {}

    /// @param supervisor
    ///            the dynamic supervisor that they live under
    Arenas(Platform platform, Results results, Clock clock, Refs supervisor) {
        this.platform = platform;
        this.results = results;
        this.clock = clock;
        this.supervisor = supervisor;
    }

    /// What is to be started; empty when the arena is there, or too many are.
    Optional<Child<Arena.Command>> open(Pairing pairing, boolean begins,
            Consumer<Arena.News> listener) {
        if (known.containsKey(pairing.match()) || known.size() >= Limits.ARENAS_PER_NODE) {
            return Optional.empty();
        }
        known.put(pairing.match(), new Known(false, 0));
        var parts = new Arena.Parts(platform.node(), platform.topics(), results, clock,
                new AtomicReference<>());
        // Ends normally when its match is over, and is then not wanted again.
        return Optional.of(Child.of(key(pairing.match()),
                Arena.create(pairing, begins, parts, listener)).transientChild());
    }

    /// Learns from what happens; also of arenas that an earlier lobby has opened.
    void heard(Arena.News news) {
        if (news.effect() instanceof Effect.Close) {
            known.remove(news.match());
        } else {
            known.put(news.match(), new Known(news.isHost(), news.epoch()));
        }
    }

    void failed(String match) {
        known.remove(match);
    }

    ActorRef<Arena.Command> at(String match) {
        return supervisor.get(key(match));
    }

    List<String> matches() {
        return List.copyOf(known.keySet());
    }

    List<Request.Hosted> hosted() {
        return known.entrySet()
                .stream()
                .filter(arena -> arena.getValue().isHost())
                .map(arena -> new Request.Hosted(arena.getKey(), arena.getValue().epoch()))
                .toList();
    }

    private static Key<Arena.Command> key(String match) {
        return Key.of(match);
    }
}
