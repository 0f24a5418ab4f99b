package io.macula.actors.peer;

import io.macula.actors.flow.PeerInbox;
import io.macula.actors.link.Disconnected;
import io.macula.actors.link.Link;
import io.macula.actors.local.LocalSubscriptions;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.MessageIds;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.Reply;
import io.macula.actors.wire.Subscribe;
import io.macula.actors.wire.TopicPattern;
import io.macula.actors.wire.Unsubscribe;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// Speaks for this node's subscriptions towards one peer: subscribes when a link comes up, and
/// hands on what the peer publishes to us.
///
/// Offline → online when a link comes up; online → offline when it is gone.
public final class PubsubHandler {

    public sealed interface Command {}

    /// A message published to us.
    public record Received(Publish publish) implements Command {}

    /// The peer's answer to something we asked.
    public record Answered(Reply reply) implements Command {}

    /// A pattern that nobody here wanted before is wanted now.
    public record Subscribed(TopicPattern pattern) implements Command {}

    /// Nobody here wants the pattern any more.
    public record Unsubscribed(TopicPattern pattern) implements Command {}

    private record LinkChanged(LinkEvent event) implements Command {}

    private record TellDue() implements Command {}

    /// Patterns in one `subscribe` frame, by number and by characters: well below the shortest
    /// frame limit.
    static final int PATTERNS_PER_FRAME = 500;
    private static final int CHARS_PER_FRAME = 32_768;

    /// How long to wait before a full control stream is tried again.
    static final Duration FULL_PAUSE = Duration.ofMillis(50);

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final LocalSubscriptions subscriptions;
    private final MessageIds ids;
    private final PeerInbox inbox;
    private final Announcements announcements;

    private PubsubHandler(ActorContext<Command> context, TimerScheduler<Command> timers,
            LocalSubscriptions subscriptions, MessageIds ids, PeerInbox inbox,
            Announcements announcements) {
        this.context = context;
        this.timers = timers;
        this.subscriptions = subscriptions;
        this.ids = ids;
        this.inbox = inbox;
        this.announcements = announcements;
    }

    /// @param inbox counts the published messages that wait for this process
    /// @param namesMax patterns that wait to be told, and requests whose answer is awaited
    public static Behavior<Command> create(LocalSubscriptions subscriptions, MessageIds ids,
            PeerInbox inbox, int namesMax, ActorRef<Connection.Command> connection) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.setLoggerName(PubsubHandler.class);
            inbox.clear();
            connection.tell(new Connection.Attach(
                    context.messageAdapter(LinkEvent.class, LinkChanged::new)));
            return new PubsubHandler(context, timers, subscriptions, ids, inbox,
                    new Announcements(namesMax)).offline();
        }));
    }

    private Behavior<Command> offline() {
        return Behaviors.receiveMessage(command -> switch (command) {
            case LinkChanged(LinkEvent.Up(var link)) -> replay(link);
            case LinkChanged(LinkEvent.Down _) -> Behaviors.same();
            case Received(var publish) -> deliver(publish);
            case Answered _,Subscribed _,Unsubscribed _,TellDue _ -> Behaviors.same();
        });
    }

    private Behavior<Command> online(Link link) {
        return Behaviors.receiveMessage(command -> switch (command) {
            case LinkChanged(LinkEvent.Up(var newLink)) -> replay(newLink);
            case LinkChanged(LinkEvent.Down(var lost)) ->
                lost.equals(link) ? offline() : Behaviors.same();
            case Received(var publish) -> deliver(publish);
            case Answered(var reply) -> answered(reply);
            case Subscribed(var pattern) -> changed(link, pattern);
            case Unsubscribed(var pattern) -> changed(link, pattern);
            case TellDue() -> tell(link);
        });
    }

    /// Everything this node wants, in as few frames as possible.
    private Behavior<Command> replay(Link link) {
        announcements.restart(
                subscriptions.patterns().stream().map(TopicPattern::text).toList());
        tell(link);
        return online(link);
    }

    private Behavior<Command> changed(Link link, TopicPattern pattern) {
        if (!announcements.add(List.of(pattern.text()))) {
            link.close(new Disconnected("overloaded",
                    "the peer does not read its control stream"));
        }
        return tell(link);
    }

    /// Tells what there is to tell, or as much as the link takes just now.
    private Behavior<Command> tell(Link link) {
        var taken = true;
        for (var names = next(); taken && !names.isEmpty(); names = next()) {
            taken = tell(link, names);
        }
        if (!taken) {
            timers.startSingleTimer(new TellDue(), FULL_PAUSE);
        }
        return Behaviors.same();
    }

    private List<String> next() {
        return announcements.next(PATTERNS_PER_FRAME, CHARS_PER_FRAME);
    }

    private boolean tell(Link link, List<String> names) {
        var wanted = names.stream().filter(this::isWanted).toList();
        var unwanted = names.stream().filter(name -> !wanted.contains(name)).toList();
        return (wanted.isEmpty() || subscribe(link, wanted))
                && (unwanted.isEmpty() || unsubscribe(link, unwanted));
    }

    private boolean isWanted(String name) {
        return TopicPattern.of(name).filter(subscriptions::isWanted).isPresent();
    }

    private boolean subscribe(Link link, List<String> patterns) {
        var requestId = ids.next();
        var taken = isTaken(link, new Subscribe(patterns, 0, requestId));
        if (taken) {
            announcements.told(requestId, patterns);
        }
        return taken;
    }

    private boolean unsubscribe(Link link, List<String> patterns) {
        var taken = isTaken(link, new Unsubscribe(patterns, null));
        if (taken) {
            announcements.told(patterns);
        }
        return taken;
    }

    /// A link that is closed takes everything: the next one is told from the beginning.
    private static boolean isTaken(Link link, Message message) {
        return link.send(message) != Link.Sent.FULL;
    }

    private Behavior<Command> answered(Reply reply) {
        announcements.answered(reply)
                .ifPresent(answer -> answer.names()
                        .stream()
                        .flatMap(name -> TopicPattern.of(name).stream())
                        .forEach(pattern -> subscriptions.confirm(pattern, answer.confirmation())));
        return Behaviors.same();
    }

    private Behavior<Command> deliver(Publish publish) {
        inbox.leave(publish);
        var taken = subscriptions.deliver(publish.topic(), publish.payload(),
                publish.messageId(), publish.traceparent());
        context.getLog()
                .atDebug()
                .addKeyValue("topic", publish.topic())
                .addKeyValue("taken", taken)
                .log("message delivered");
        return Behaviors.same();
    }
}
