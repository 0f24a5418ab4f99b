package io.macula.actors.bootstrap;

import io.macula.actors.link.PeerAddress;
import io.macula.dht.NodeId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// The listing of nodes that were here and where they say they listen. A node is listed while its
/// entry is fresh; at most `nodesMax` are, the one heard of longest ago goes first.
public final class BootstrapRegistry {

    public sealed interface Command {}

    /// A node has come in and says where it listens; empty when it does not listen.
    public record Seen(NodeId node, String endpoint) implements Command {}

    /// Asks where a node listens.
    public record WhereIs(NodeId node, ActorRef<Endpoint> replyTo) implements Command {}

    /// Asks for every listed node.
    public record Listing(ActorRef<Listed> replyTo) implements Command {}

    private record SweepDue() implements Command {}

    /// Where a node listens, when that is known.
    public record Endpoint(NodeId node, Optional<PeerAddress> address) {}

    /// One listed node.
    ///
    /// @param endpoint as the node gave it, empty when it does not listen
    public record Entry(NodeId node, String endpoint, Instant seenAt) {}

    public record Listed(List<Entry> entries) {

        public Listed {
            entries = List.copyOf(entries);
        }
    }

    private final Clock clock;
    private final int nodesMax;
    private final Duration ttl;
    private final LinkedHashMap<NodeId, Entry> entries = new LinkedHashMap<>();

    private BootstrapRegistry(Clock clock, int nodesMax, Duration ttl) {
        this.clock = clock;
        this.nodesMax = nodesMax;
        this.ttl = ttl;
    }

    /// @param ttl how long an entry is fresh
    /// @param sweep how often stale ones are forgotten
    public static Behavior<Command> create(Clock clock, int nodesMax, Duration ttl,
            Duration sweep) {
        return Behaviors.withTimers(timers -> {
            startSweeping(timers, sweep);
            return new BootstrapRegistry(clock, nodesMax, ttl).listing();
        });
    }

    private static void startSweeping(TimerScheduler<Command> timers, Duration sweep) {
        timers.startTimerWithFixedDelay(new SweepDue(), sweep);
    }

    private Behavior<Command> listing() {
        return Behaviors.receiveMessage(command -> {
            switch (command) {
                case Seen(var node, var endpoint) -> note(node, endpoint);
                case WhereIs(var node, var replyTo) ->
                    replyTo.tell(new Endpoint(node, addressOf(node)));
                case Listing(var replyTo) ->
                    replyTo.tell(new Listed(entries.values()
                            .stream()
                            .filter(this::isFresh)
                            .toList()));
                case SweepDue() -> entries.values().removeIf(entry -> !isFresh(entry));
            }
            return Behaviors.same();
        });
    }

    private void note(NodeId node, String endpoint) {
        entries.remove(node);
        entries.putLast(node, new Entry(node, endpoint, clock.instant()));
        if (entries.size() > nodesMax) {
            entries.pollFirstEntry();
        }
    }

    /// The endpoint with the id that whoever dials it has to insist on.
    private Optional<PeerAddress> addressOf(NodeId node) {
        return Optional.ofNullable(entries.get(node))
                .filter(this::isFresh)
                .flatMap(entry -> PeerAddress.parse(entry.endpoint()))
                .map(address -> new PeerAddress(node, address.host(), address.port()));
    }

    private boolean isFresh(Entry entry) {
        return clock.instant().isBefore(entry.seenAt().plus(ttl));
    }
}
