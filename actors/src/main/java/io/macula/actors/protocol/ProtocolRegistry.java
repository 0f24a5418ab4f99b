package io.macula.actors.protocol;

import io.macula.actors.wire.MessageType;
import io.macula.actors.wire.WireCounters;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Knows which message types this node speaks, and what has gone over its links: frames by type,
/// unknown ids that were skipped, frames that made no sense.
public final class ProtocolRegistry {

    public sealed interface Command {}

    /// Asks for the types and the counters.
    public record Describe(ActorRef<Description> replyTo) implements Command {}

    private record LookDue() implements Command {}

    public record Description(List<MessageType> types, WireCounters.Snapshot counters) {

        public Description {
            types = List.copyOf(types);
        }
    }

    private static final Duration LOOK = Duration.ofSeconds(60);

    private final ActorContext<Command> context;
    private final WireCounters counters;

    private ProtocolRegistry(ActorContext<Command> context, WireCounters counters) {
        this.context = context;
        this.counters = counters;
    }

    /// @param counters written by the links; this process only reads them
    public static Behavior<Command> create(WireCounters counters) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.setLoggerName(ProtocolRegistry.class);
            timers.startTimerWithFixedDelay(new LookDue(), LOOK);
            return new ProtocolRegistry(context, counters).describing(counters.snapshot());
        }));
    }

    private Behavior<Command> describing(WireCounters.Snapshot last) {
        return Behaviors.receiveMessage(command -> switch (command) {
            case Describe(var replyTo) -> {
                replyTo.tell(new Description(List.of(MessageType.values()),
                        counters.snapshot()));
                yield Behaviors.same();
            }
            case LookDue() -> looked(last, counters.snapshot());
        });
    }

    /// Says once a minute, and only when there is something to say, that peers send what we do
    /// not understand.
    private Behavior<Command> looked(WireCounters.Snapshot last, WireCounters.Snapshot now) {
        var unknown = now.unknownIds() - last.unknownIds();
        var malformed = now.malformed() - last.malformed();
        if (unknown + malformed > 0) {
            context.getLog()
                    .atWarn()
                    .addKeyValue("unknown", unknown)
                    .addKeyValue("malformed", malformed)
                    .log("frames skipped in the last minute");
        }
        return describing(now);
    }
}
