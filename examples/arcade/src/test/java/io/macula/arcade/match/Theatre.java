package io.macula.arcade.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.arcade.MemoryState;
import io.macula.arcade.game.Bot;
import io.macula.arcade.game.Direction;
import io.macula.arcade.json.Json;
import io.macula.arcade.matchmaking.Matchmaking;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One match on several nodes in virtual time: messages take their time and are lost, nodes die, the network is cut, all from a seed. What must
/// hold at any moment is checked at every moment: no page ever sees an earlier tick or a lower epoch after a later
/// one, and there is one result.
final class Theatre {

    static final Player ANN = new Player("00000000000000a1", "Ann", "a");
    static final Player BEN = new Player("00000000000000b2", "Ben", "b");

    private final Random random;
    private final int lossPercent;
    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.comparing(Event::at).thenComparingLong(Event::number));
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Set<String> cut = new HashSet<>();
    private final MemoryState state = new MemoryState();
    private final Matchmaking matchmaking = new Matchmaking("theatre");
    private final Set<Result> results = new HashSet<>();
    private Instant now = Instant.EPOCH;
    private long number;
    final Pairing pairing;

    private record Event(Instant at, long number, Runnable action) {}

    /// A node.
    static final class Place {
        final String node;
        @Nullable Part part;
        boolean isAlive = true;
        @Nullable Snapshot shown;
        Instant shownAt = Instant.EPOCH;
        Duration longestGap = Duration.ZERO;
        @Nullable Result ended;
        final List<Authority> takeovers = new ArrayList<>();

        Place(String node) {
            this.node = node;
        }

        boolean isHost() {
            return isAlive && part != null && part.isHost();
        }
    }

    Theatre(long seed, int lossPercent, List<String> nodes) {
        this.random = new Random(seed);
        this.lossPercent = lossPercent;
        nodes.forEach(node -> places.put(node, new Place(node)));
        nodes.forEach(node -> ask(
                "{\"ask\":\"beat\",\"node\":\"" + node
                        + "\",\"players\":[],\"hosted\":[],\"matches\":[]}"));
        join(ANN);
        this.pairing = Pairing.read(join(BEN).get("pairing"));
        for (var place : places.values()) {
            place.part = Part.of(place.node, pairing, true, null, now)
                    .alive(nodes)
                    .next();
            after(random.nextInt(50), () -> tick(place));
        }
    }

    private Json join(Player player) {
        return ask(Json.object().with("ask", "join").with("player", player.write()).write());
    }

    private Json ask(String request) {
        return switch (state.handle(matchmaking, Payload.of(request))) {
            case Rpc.Answer.Result(var value) ->
                switch (Json.decode(value.text(), 65_536, json -> json)) {
                    case Json.Decoded.Read<Json>(var json) -> json;
                    case Json.Decoded.Wrong<Json>(var why) -> throw new AssertionError(why);
                };
            case Rpc.Answer.Failure(var why) -> throw new AssertionError(why);
        };
    }

    Place at(String node) {
        var place = places.get(node);
        if (place == null) {
            throw new IllegalArgumentException(node);
        }
        return place;
    }

    List<Place> hosts() {
        return places.values().stream().filter(Place::isHost).toList();
    }

    List<Place> alive() {
        return places.values().stream().filter(place -> place.isAlive).toList();
    }

    void kill(String node) {
        at(node).isAlive = false;
    }

    /// Crashes the process of the match on a node; it starts again with what it knew.
    void crash(String node) {
        var place = at(node);
        place.part = Part.of(node, pairing, true, place.shown, now)
                .alive(List.copyOf(places.keySet()))
                .next();
    }

    /// From now on `node` and the others do not hear each other, and it does not reach the matchmaker.
    void cut(String node) {
        cut.add(node);
    }

    void heal() {
        cut.clear();
    }

    /// @return whether it came to that within `most`
    boolean runUntil(BooleanSupplier goal, Duration most) {
        var end = now.plus(most);
        while (!goal.getAsBoolean()) {
            var next = events.peek();
            if (next == null || next.at().isAfter(end)) {
                now = end;
                return goal.getAsBoolean();
            }
            events.remove();
            now = next.at();
            next.action().run();
        }
        return true;
    }

    void run(Duration time) {
        runUntil(() -> false, time);
    }

    Set<Result> results() {
        return Set.copyOf(results);
    }

    /// The matchmaker is told that the match is over for another reason.
    Result leave(Player player) {
        var left = ask("{\"ask\":\"leave\",\"player\":\"" + player.id() + "\"}");
        var result = Result.read(left.get("result"));
        results.add(result);
        return result;
    }

    void announce(String from, Result result) {
        broadcast(at(from), part -> part.over(result));
    }

    private void after(int millis, Runnable action) {
        events.add(new Event(now.plusMillis(millis), number++, action));
    }

    private void tick(Place place) {
        if (place.isAlive && place.part != null) {
            steer(place);
            perform(place, place.part.tick(now));
            after(50, () -> tick(place));
        }
    }

    /// A player plays like the bot, on what was shown; after a while with a foolish turn now and then.
    private void steer(Place place) {
        var part = place.part;
        var seat = place.node.equals(ANN.node()) ? 0 : place.node.equals(BEN.node()) ? 1 : -1;
        var shown = place.shown;
        if (part == null || seat < 0 || shown == null || shown.game().movesNext()) {
            return;
        }
        var way = shown.game().tick() > 200 && random.nextInt(8) == 0
                ? Direction.parse("URDL").get(random.nextInt(4))
                : Bot.choose(shown.game(), seat);
        if (way != shown.game().snake(seat).heading()) {
            perform(place, part.steer(seat, way));
        }
    }

    private void perform(Place place, Part.Step step) {
        place.part = step.next();
        for (var effect : step.effects()) {
            switch (effect) {
                case Effect.Publish(var snapshot) -> {
                    var sent = again(snapshot);
                    broadcast(place, part -> part.heard(sent, now));
                }
                case Effect.Steer(var turns) -> broadcast(place, part -> part.turns(turns));
                case Effect.Announce(var result) -> broadcast(place, part -> part.over(result));
                case Effect.Report(var result) -> report(place, result);
                case Effect.Show(var snapshot) -> show(place, snapshot);
                case Effect.TookOver(var authority) -> tookOver(place, authority);
                case Effect.Ended(var result) -> place.ended = result;
                case Effect.Close() -> place.part = null;
                case Effect.Call _,Effect.Ready _,Effect.HostSilent _,Effect.GoesOn _,Effect.StoodDown _ ->
                    {
                    }
            }
        }
    }

    /// Through its text, as on the wire.
    private static Snapshot again(Snapshot snapshot) {
        var text = snapshot.write().write();
        if (text.length() >= 2_048) {
            throw new AssertionError("too long: " + text);
        }
        return switch (Json.decode(text, Snapshot.CHARS_MAX, Snapshot::read)) {
            case Json.Decoded.Read<Snapshot>(var read) -> read;
            case Json.Decoded.Wrong<Snapshot>(var why) -> throw new AssertionError(why);
        };
    }

    private void show(Place place, Snapshot snapshot) {
        var before = place.shown;
        if (before != null) {
            if (snapshot.tick() <= before.tick()
                    || snapshot.authority().compareTo(before.authority()) < 0) {
                throw new AssertionError(place.node + " goes back from " + before + " to "
                        + snapshot);
            }
            var gap = Duration.between(place.shownAt, now);
            place.longestGap = gap.compareTo(place.longestGap) > 0 ? gap : place.longestGap;
        }
        place.shown = snapshot;
        place.shownAt = now;
    }

    private static void tookOver(Place place, Authority authority) {
        if (!place.takeovers.isEmpty()) {
            assertThat(authority).isGreaterThan(place.takeovers.getLast());
        }
        place.takeovers.add(authority);
    }

    private void report(Place place, Result result) {
        if (cut.contains(place.node)) {
            return;
        }
        after(random.nextInt(30), () -> {
            var written = Result.read(ask(Json.object()
                    .with("ask", "finish")
                    .with("result", result.write())
                    .write()));
            results.add(written);
            var part = place.part;
            if (place.isAlive && part != null) {
                perform(place, part.over(written));
            }
        });
    }

    private void broadcast(Place from, Function<Part, Part.Step> message) {
        for (var to : places.values()) {
            if (to != from && random.nextInt(100) >= lossPercent) {
                after(1 + random.nextInt(75), () -> deliver(from, to, message));
            }
        }
    }

    private void deliver(Place from, Place to,
            Function<Part, Part.Step> message) {
        var part = to.part;
        var isCut = cut.contains(from.node) != cut.contains(to.node);
        if (to.isAlive && part != null && !isCut) {
            perform(to, message.apply(part));
        }
    }

    /// Everybody alive has been told the same.
    Set<@Nullable Result> told() {
        var all = new HashSet<@Nullable Result>();
        alive().forEach(place -> all.add(place.ended));
        return all;
    }

    Set<String> nodes() {
        return new TreeSet<>(places.keySet());
    }
}
