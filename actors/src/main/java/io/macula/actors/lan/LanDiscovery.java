package io.macula.actors.lan;

import io.macula.actors.flow.Inbox;
import io.macula.dht.NodeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/// Announces this node on its local networks and brings it together with the nodes of its realm
/// that it hears of there. While there is no port to announce, or no multicast, it tries again.
public final class LanDiscovery {

    public sealed interface Command {}

    private record JoinDue() implements Command {}

    private record Joined(int networks) implements Command {}

    private record NotJoined(String why) implements Command {}

    private record Seen(Sighting sighting) implements Command {}

    private record MeetDue() implements Command {}

    /// What the process is made of.
    ///
    /// @param listening the address the node listens on now, null while it does not
    /// @param meet told of a neighbour, when it is first heard of and every `again`; dials it if
    ///     there is need of that. Must not block
    public record Parts(NodeId self, String realm, Supplier<@Nullable InetSocketAddress> listening,
            Lan.Opener opener, LanPresence presence, Consumer<Sighting.Neighbour> meet,
            Duration again) {}

    /// Neighbours that are remembered; the one heard of longest ago is forgotten for a new one.
    static final int NEIGHBOURS_MAX = 1_000;

    /// Sightings that wait for this process; further ones are lost, and come again.
    static final int INBOX_MAX = 1_000;

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Parts parts;
    private final Inbox inbox = new Inbox(INBOX_MAX);
    private final LinkedHashMap<NodeId, Sighting.Neighbour> neighbours = new LinkedHashMap<>();
    private @Nullable Announcement announced;
    private String complaint = "";

    private LanDiscovery(ActorContext<Command> context, TimerScheduler<Command> timers,
            Parts parts) {
        this.context = context;
        this.timers = timers;
        this.parts = parts;
    }

    public static Behavior<Command> create(Parts parts) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.setLoggerName(LanDiscovery.class);
            timers.startTimerWithFixedDelay(new MeetDue(), parts.again());
            var discovery = new LanDiscovery(context, timers, parts);
            discovery.join();
            return discovery.running();
        }));
    }

    private Behavior<Command> running() {
        return Behaviors.receive(Command.class)
                .onMessage(Command.class, this::on)
                .onSignal(PostStop.class, _ -> {
                    var _ = parts.presence().leave();
                    return Behaviors.same();
                })
                .build();
    }

    private Behavior<Command> on(Command command) {
        switch (command) {
            case JoinDue() -> join();
            case Joined(var networks) -> context.getLog()
                    .atInfo()
                    .addKeyValue("networks", networks)
                    .log("announced on the local network");
            case NotJoined(var why) -> {
                complain(why);
                joinLater();
            }
            case Seen(var sighting) -> {
                inbox.leave();
                seen(sighting);
            }
            case MeetDue() -> neighbours.values().forEach(parts.meet());
        }
        return Behaviors.same();
    }

    /// Once for each reason, however often it is tried again.
    private void complain(String why) {
        if (!why.equals(complaint)) {
            complaint = why;
            context.getLog()
                    .atWarn()
                    .addKeyValue("reason", why)
                    .log("not announced on the local network; tried again");
        }
    }

    private void join() {
        var address = parts.listening().get();
        if (address == null) {
            joinLater();
            return;
        }
        var self = Announcement.of(parts.self(), parts.realm(), address.getPort());
        announced = self;
        var me = context.getSelf();
        Consumer<Sighting> heard = sighting -> {
            if (inbox.enter()) {
                me.tell(new Seen(sighting));
            }
        };
        context.pipeToSelf(parts.presence().join(() -> open(address.getAddress(), self, heard)),
                (networks, failure) -> failure == null
                        ? new Joined(networks)
                        : new NotJoined(reason(failure)));
    }

    private void joinLater() {
        timers.startSingleTimer(JoinDue.class, new JoinDue(), parts.again());
    }

    private List<Lan> open(InetAddress listening, Announcement self, Consumer<Sighting> heard) {
        var open = new ArrayList<Lan>();
        try {
            for (var local : LanInterfaces.of(listening)) {
                open.add(parts.opener().open(local, self, heard));
            }
            if (open.isEmpty()) {
                throw new IOException("no network of this machine has multicast");
            }
            return List.copyOf(open);
        } catch (IOException e) {
            open.forEach(Lan::close);
            throw new UncheckedIOException(e);
        }
    }

    private static String reason(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
        return String.valueOf(cause.getMessage());
    }

    private void seen(Sighting sighting) {
        var self = announced;
        if (self == null) {
            return;
        }
        sighting.neighbourOf(self).ifPresent(neighbour -> {
            neighbours.remove(neighbour.node());
            neighbours.putLast(neighbour.node(), neighbour);
            if (neighbours.size() > NEIGHBOURS_MAX) {
                neighbours.pollFirstEntry();
            }
            parts.meet().accept(neighbour);
        });
    }
}
