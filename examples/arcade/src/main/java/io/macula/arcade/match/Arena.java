package io.macula.arcade.match;

import io.macula.app.Payload;
import io.macula.app.TopicMessage;
import io.macula.app.Topics;
import io.macula.arcade.game.Direction;
import io.macula.arcade.game.Rules;
import io.macula.arcade.json.Json;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/// This node's part in one match: hosts it, stands by, or shows it. The decisions are those of [Part]; this class only listens, ticks,
/// publishes and tells. Ends by itself when the match is over.
public final class Arena {

    /// Messages of the match that wait here; more are lost, as on a bad line.
    static final int WAITING_MAX = 256;

    private static final String READY = "ready";

    public sealed interface Command {}

    /// A player on this node wants to turn.
    public record Steer(int seat, Direction way) implements Command {}

    /// These nodes are alive; the best to stand by comes first.
    public record Alive(List<String> nodes) implements Command {
        public Alive {
            nodes = List.copyOf(nodes);
        }
    }

    /// This is what is written of the match.
    public record Over(Result result) implements Command {}

    private record Tick() implements Command {}

    private record Heard(TopicMessage message) implements Command {}

    private record Written(Optional<Result> result) implements Command {}

    /// What happens in a match, for the lobby.
    ///
    /// @param isHost
    ///            whether this node runs it
    /// @param epoch
    ///            the highest that is known here
    public record News(String match, Effect effect, boolean isHost, long epoch) {}

    /// What an arena is made of.
    ///
    /// @param node
    ///            this one
    /// @param last
    ///            what was known last; outlives a crash of the arena
    public record Parts(String node, Topics topics, Results results, Clock clock,
            AtomicReference<@Nullable Snapshot> last) {}

    private final ActorContext<Command> context;
    private final Pairing pairing;
    private final Parts parts;
    private final Consumer<News> listener;
    private final Optional<Topics.Subscription> subscription;
    private final AtomicInteger waiting = new AtomicInteger();
    private boolean isReporting;

    private Arena(ActorContext<Command> context, Pairing pairing, Parts parts,
            Consumer<News> listener) {
        this.context = context;
        this.pairing = pairing;
        this.parts = parts;
        this.listener = listener;
        this.subscription = subscribe(context.getSelf());
    }

    /// @param begins
    ///            whether this node, when it is the pairing's host, is to begin the match
    public static Behavior<Command> create(Pairing pairing, boolean begins, Parts parts,
            Consumer<News> listener) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.setLoggerName(Arena.class);
            timers.startTimerAtFixedRate(new Tick(), Rules.TICK);
            var part = Part.of(parts.node(), pairing, begins, parts.last().get(),
                    parts.clock().instant());
            return new Arena(context, pairing, parts, listener).playing(part);
        }));
    }

    private Optional<Topics.Subscription> subscribe(ActorRef<Command> self) {
        Consumer<TopicMessage> handler = message -> {
            if (waiting.incrementAndGet() > WAITING_MAX) {
                waiting.decrementAndGet();
            } else {
                self.tell(new Heard(message));
            }
        };
        return switch (parts.topics().subscribe(MatchTopics.all(pairing.match()), handler)) {
            case Topics.Subscribed.Active(var active) -> Optional.of(active);
            case Topics.Subscribed.Invalid(var why) -> {
                context.getLog()
                        .atWarn()
                        .addKeyValue("match", pairing.match())
                        .addKeyValue("reason", why)
                        .log("match cannot be followed");
                yield Optional.empty();
            }
        };
    }

    private Behavior<Command> playing(Part part) {
        return Behaviors.receive(Command.class)
                .onAnyMessage(command -> on(command, part))
                .onSignal(PostStop.class, _ -> {
                    subscription.ifPresent(Topics.Subscription::close);
                    return Behaviors.same();
                })
                .build();
    }

    private Behavior<Command> on(Command command, Part part) {
        return switch (command) {
            case Tick() -> perform(part.tick(parts.clock().instant()));
            case Steer(var seat, var way) -> perform(part.steer(seat, way));
            case Alive(var nodes) -> perform(part.alive(nodes));
            case Over(var result) -> perform(part.over(result));
            case Heard(var message) -> {
                waiting.decrementAndGet();
                yield perform(heard(message, part));
            }
            case Written(var result) -> {
                isReporting = false;
                yield perform(result.map(part::over).orElse(new Part.Step(part, List.of())));
            }
        };
    }

    private Part.Step heard(TopicMessage message, Part part) {
        var read = Json.decode(message.payload().text(), Snapshot.CHARS_MAX,
                json -> meaning(message.topic(), json));
        return switch (read) {
            case Json.Decoded.Read<Function<Part, Part.Step>>(var meaning) -> meaning.apply(part);
            case Json.Decoded.Wrong<Function<Part, Part.Step>>(var why) -> {
                context.getLog()
                        .atDebug()
                        .addKeyValue("topic", message.topic())
                        .addKeyValue("reason", why)
                        .log("message of a match is not understood");
                yield new Part.Step(part, List.of());
            }
        };
    }

    private Function<Part, Part.Step> meaning(String topic, Json json) {
        if (MatchTopics.isState(topic) && json.has(READY)) {
            return part -> new Part.Step(part, List.of());
        } else if (MatchTopics.isState(topic)) {
            var snapshot = Snapshot.read(json);
            return part -> part.heard(snapshot, parts.clock().instant());
        } else if (MatchTopics.isInput(topic)) {
            var turns = Turns.read(json);
            return part -> part.turns(turns);
        } else if (MatchTopics.isOver(topic)) {
            var result = Result.read(json);
            return part -> result.match().equals(pairing.match())
                    ? part.over(result)
                    : new Part.Step(part, List.of());
        }
        throw new Json.Malformed("a match has no such topic");
    }

    private Behavior<Command> perform(Part.Step step) {
        var part = step.next();
        var isClosed = false;
        for (var effect : step.effects()) {
            perform(effect);
            listener.accept(new News(pairing.match(), effect, part.isHost(),
                    part.authority().epoch()));
            isClosed |= effect instanceof Effect.Close;
        }
        return isClosed ? Behaviors.stopped() : playing(part);
    }

    private void perform(Effect effect) {
        switch (effect) {
            case Effect.Publish(var snapshot) ->
                publish(MatchTopics.state(pairing.match()), snapshot.write());
            case Effect.Steer(var turns) ->
                publish(MatchTopics.input(pairing.match()), turns.write());
            case Effect.Ready(var node) -> publish(MatchTopics.state(pairing.match()),
                    Json.object().with(READY, node));
            case Effect.Announce(var result) ->
                publish(MatchTopics.over(pairing.match()), result.write());
            case Effect.Report(var result) -> report(result);
            case Effect.Show(var snapshot) -> parts.last().set(snapshot);
            case Effect.TookOver(var authority) -> log("match taken over", authority);
            case Effect.StoodDown(var above) -> log("match given up to a higher epoch", above);
            case Effect.Call _,Effect.HostSilent _,Effect.GoesOn _,Effect.Ended _,Effect.Close _ -> {
                // For the lobby, which is told of every effect.
            }
        }
    }

    private void publish(String topic, Json.Obj content) {
        parts.topics().publish(topic, Payload.of(content.write()));
    }

    private void report(Result result) {
        if (!isReporting) {
            isReporting = true;
            context.pipeToSelf(parts.results().write(result),
                    (written,
                            failure) -> new Written(failure == null ? written : Optional.empty()));
        }
    }

    private void log(String what, Authority authority) {
        context.getLog()
                .atInfo()
                .addKeyValue("match", pairing.match())
                .addKeyValue("node", authority.node())
                .addKeyValue("epoch", authority.epoch())
                .log(what);
    }
}
