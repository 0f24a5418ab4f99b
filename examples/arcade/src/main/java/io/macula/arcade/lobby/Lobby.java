package io.macula.arcade.lobby;

import io.macula.app.Payload;
import io.macula.app.TopicMessage;
import io.macula.app.Topics;
import io.macula.app.web.Socket;
import io.macula.app.web.Web;
import io.macula.app.workload.Platform;
import io.macula.arcade.json.Json;
import io.macula.arcade.match.Arena;
import io.macula.arcade.match.Effect;
import io.macula.arcade.match.MatchTopics;
import io.macula.arcade.match.Pairing;
import io.macula.arcade.matchmaking.Limits;
import io.macula.arcade.matchmaking.Pulse;
import io.macula.arcade.matchmaking.Request;
import io.macula.arcade.matchmaking.Standing;
import io.macula.supervision.Refs;
import io.macula.supervision.StartResult;
import io.macula.supervision.Supervisor;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/// The Arcade on one node: its pages, its talk with the matchmaker, and the arenas it opens. The decisions about players are those of
/// [Guests]. When it crashes, its pages' connections end; they come back by themselves and go on where they were.
public final class Lobby {

    private static final String SOCKET = "play";
    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration START_PATIENCE = Duration.ofSeconds(5);
    private static final int CALLS_WAITING_MAX = 256;

    public sealed interface Command {}

    private record Tick() implements Command {}

    private record Beat() implements Command {}

    private record Arrived(Intake.Arrival arrival) implements Command {}

    private record Called(TopicMessage message) implements Command {}

    private record Stood(String player, Matchmaker.Answer<Standing> answer) implements Command {}

    private record Beaten(Matchmaker.Answer<Pulse> answer) implements Command {}

    private record Happened(Arena.News news) implements Command {}

    private record ArenaFailed(String match, String why) implements Command {}

    private record ArenaStarted() implements Command {}

    private final ActorContext<Command> context;
    private final ActorRef<Command> stable;
    private final Platform platform;
    private final Clock clock;
    private final Ties ties;
    private final Refs supervisor;
    private final Matchmaker matchmaker;
    private final Arenas arenas;
    private final Map<String, Socket> sockets = new HashMap<>();
    private final AtomicInteger callsWaiting = new AtomicInteger();
    private boolean isBeating;

    private Lobby(ActorContext<Command> context, Platform platform, Clock clock, Ties ties,
            ActorRef<Command> stable, Refs supervisor) {
        this.context = context;
        this.stable = stable;
        this.platform = platform;
        this.clock = clock;
        this.ties = ties;
        this.supervisor = supervisor;
        this.matchmaker = new Matchmaker(platform.globalServices());
        this.arenas = new Arenas(platform, matchmaker, clock, supervisor);
    }

    /// @param ties
    ///            the same for every incarnation
    /// @param stable
    ///            the lobby's own stable reference: arenas outlive an incarnation
    /// @param supervisor
    ///            the dynamic supervisor under which arenas are opened
    public static Behavior<Command> create(Platform platform, Clock clock, Ties ties,
            ActorRef<Command> stable, Refs supervisor) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.setLoggerName(Lobby.class);
            timers.startTimerWithFixedDelay(new Tick(), TICK);
            timers.startTimerWithFixedDelay(new Beat(), Duration.ZERO, BEAT);
            var lobby = new Lobby(context, platform, clock, ties, stable, supervisor);
            lobby.tie();
            return lobby.open(Guests.none(platform.node()));
        }));
    }

    private void tie() {
        ties.release();
        var self = context.getSelf();
        switch (platform.topics().subscribe(NodeTopic.of(platform.node()), this::call)) {
            case Topics.Subscribed.Active(var active) -> ties.hold(active::close);
            case Topics.Subscribed.Invalid(var why) -> warn("other nodes are not heard", why);
        }
        platform.web().ifPresent(web -> {
            var intake = new Intake(arrival -> self.tell(new Arrived(arrival)), clock);
            switch (web.socket(SOCKET, intake)) {
                case Web.Mounted.Active(var mount) -> ties.hold(mount::close);
                case Web.Mounted.Invalid(var why) -> warn("pages cannot connect", why);
            }
        });
    }

    /// In a thread of the node.
    private void call(TopicMessage message) {
        if (callsWaiting.incrementAndGet() > CALLS_WAITING_MAX) {
            callsWaiting.decrementAndGet();
        } else {
            context.getSelf().tell(new Called(message));
        }
    }

    private Behavior<Command> open(Guests guests) {
        return Behaviors.receive(Command.class)
                .onAnyMessage(command -> open(on(command, guests)))
                .onSignal(PostStop.class, _ -> {
                    ties.release();
                    return Behaviors.same();
                })
                .build();
    }

    private Guests on(Command command, Guests guests) {
        return switch (command) {
            case Tick() -> perform(guests.tick(clock.instant()));
            case Beat() -> beat(guests);
            case Arrived(var arrival) -> arrived(arrival, guests);
            case Called(var message) -> called(message, guests);
            case Stood(var player, var answer) -> stood(player, answer, guests);
            case Beaten(var answer) -> beaten(answer, guests);
            case Happened(var news) -> happened(news, guests);
            case ArenaFailed(var match, var why) -> {
                warn("match cannot be opened", why);
                arenas.failed(match);
                yield guests;
            }
            case ArenaStarted() -> guests;
        };
    }

    private Guests beat(Guests guests) {
        if (isBeating) {
            return guests;
        }
        isBeating = true;
        var matches = Stream.concat(arenas.matches().stream(), guests.matches().stream())
                .distinct()
                .limit(Limits.ARENAS_PER_NODE)
                .toList();
        var request = new Request.Beat(platform.node(), guests.involved(), arenas.hosted(),
                matches);
        pipe(matchmaker.beat(request), Beaten::new);
        return guests;
    }

    private Guests arrived(Intake.Arrival arrival, Guests guests) {
        return switch (arrival) {
            case Intake.Arrival.Opened(var socket) -> {
                sockets.put(socket.id(), socket);
                yield guests;
            }
            case Intake.Arrival.Said(var socket, var message) ->
                perform(guests.said(socket, message, clock.instant()));
            case Intake.Arrival.Closed(var socket) -> {
                sockets.remove(socket);
                yield perform(guests.hungUp(socket, clock.instant()));
            }
        };
    }

    private Guests called(TopicMessage message, Guests guests) {
        callsWaiting.decrementAndGet();
        return switch (Json.decode(message.payload().text(), NodeTopic.CHARS_MAX,
                NodeTopic.Call::read)) {
            case Json.Decoded.Read<NodeTopic.Call>(var call) ->
                perform(guests.called(call.pairing(), call.epoch()));
            case Json.Decoded.Wrong<NodeTopic.Call>(var why) -> {
                warn("a node is not understood", why);
                yield guests;
            }
        };
    }

    private Guests stood(String player, Matchmaker.Answer<Standing> answer, Guests guests) {
        return perform(switch (answer) {
            case Matchmaker.Answer.Said<Standing>(var standing) ->
                guests.stands(player, standing, clock.instant());
            case Matchmaker.Answer.Refused<Standing>(var reason) ->
                guests.refused(player, reason);
            case Matchmaker.Answer.Unreachable<Standing>(var why) ->
                guests.unreachable(player, why, clock.instant());
        });
    }

    private Guests beaten(Matchmaker.Answer<Pulse> answer, Guests guests) {
        isBeating = false;
        return switch (answer) {
            case Matchmaker.Answer.Said<Pulse>(var pulse) -> {
                arenas.matches()
                        .forEach(match -> arenas.at(match).tell(new Arena.Alive(pulse.nodes())));
                yield perform(guests.beaten(pulse, clock.instant()));
            }
            case Matchmaker.Answer.Refused<Pulse>(var reason) -> {
                warn("matchmaker refuses this node's beat", reason);
                yield guests;
            }
            case Matchmaker.Answer.Unreachable<Pulse> _ -> guests;
        };
    }

    private Guests happened(Arena.News news, Guests guests) {
        arenas.heard(news);
        switch (news.effect()) {
            case Effect.Show(var snapshot) ->
                say(guests, news.match(), Says.frame(snapshot));
            case Effect.HostSilent(var silence) ->
                say(guests, news.match(), Says.lost(silence));
            case Effect.GoesOn(var authority, var silence) ->
                say(guests, news.match(), Says.back(authority, silence));
            case Effect.Call(var node, var pairing) -> call(node, pairing, news.epoch());
            case Effect.Ended(var result) -> {
                return perform(guests.ended(result));
            }
            case Effect.Publish _,Effect.Ready _,Effect.Steer _,Effect.Report _,Effect.Announce _,Effect.TookOver _,Effect.StoodDown _,Effect.Close _ -> {
                // The arena's own business.
            }
        }
        return guests;
    }

    private void say(Guests guests, String match, Json.Obj message) {
        var watching = guests.watching(match);
        if (!watching.isEmpty()) {
            var text = message.write();
            watching.forEach(socket -> send(socket, text));
        }
    }

    /// What a slow page misses the next frame makes up for.
    private void send(String socket, String text) {
        var connection = sockets.get(socket);
        if (connection != null) {
            connection.send(text);
        }
    }

    private Guests perform(Guests.Step step) {
        step.effects().forEach(this::perform);
        return step.next();
    }

    private void perform(LobbyEffect effect) {
        switch (effect) {
            case LobbyEffect.Say(var socket, var message) -> send(socket, message.write());
            case LobbyEffect.HangUp(var socket) -> {
                var connection = sockets.get(socket);
                if (connection != null) {
                    connection.close();
                }
            }
            case LobbyEffect.Ask(var player, var request) ->
                pipe(matchmaker.ask(request), answer -> new Stood(player, answer));
            case LobbyEffect.Open(var pairing, var begins) -> open(pairing, begins);
            case LobbyEffect.Call(var node, var pairing, var epoch) -> call(node, pairing, epoch);
            case LobbyEffect.Steer(var match, var seat, var way) ->
                arenas.at(match).tell(new Arena.Steer(seat, way));
            case LobbyEffect.Over(var result) ->
                arenas.at(result.match()).tell(new Arena.Over(result));
            case LobbyEffect.Announce(var result) -> platform.topics()
                    .publish(MatchTopics.over(result.match()),
                            Payload.of(result.write().write()));
        }
    }

    private void open(Pairing pairing, boolean begins) {
        arenas.open(pairing, begins, news -> stable.tell(new Happened(news)))
                .ifPresent(child -> context.ask(StartResult.class, supervisor.supervisor(),
                        START_PATIENCE,
                        (ActorRef<StartResult> replyTo) -> new Supervisor.StartChild(child,
                                replyTo),
                        (result, failure) -> started(pairing.match(), result, failure)));
    }

    private static Command started(String match, @Nullable StartResult result,
            @Nullable Throwable failure) {
        if (failure != null) {
            return new ArenaFailed(match, String.valueOf(failure.getMessage()));
        }
        return result instanceof StartResult.Started || result instanceof StartResult.AlreadyStarted
                ? new ArenaStarted()
                : new ArenaFailed(match, String.valueOf(result));
    }

    private void call(String node, Pairing pairing, long epoch) {
        platform.topics()
                .publish(NodeTopic.of(node),
                        Payload.of(new NodeTopic.Call(pairing, epoch).write().write()));
    }

    private <T> void pipe(CompletionStage<Matchmaker.Answer<T>> asked,
            Function<Matchmaker.Answer<T>, Command> command) {
        context.pipeToSelf(asked, (answer, failure) -> command.apply(failure == null
                ? answer
                : new Matchmaker.Answer.Unreachable<>(String.valueOf(failure.getMessage()))));
    }

    private void warn(String what, String why) {
        context.getLog().atWarn().addKeyValue("reason", why).log(what);
    }
}
