package io.macula.actors.gateway;

import io.macula.actors.flow.PeerInbox;
import io.macula.actors.link.Link;
import io.macula.actors.link.OutFrame;
import io.macula.actors.local.LocalSubscriptions;
import io.macula.actors.mesh.Advertised;
import io.macula.actors.mesh.Outreach;
import io.macula.actors.mesh.Passed;
import io.macula.actors.pubsub.TopicRouting;
import io.macula.actors.trace.Doing;
import io.macula.actors.trace.OpenSpan;
import io.macula.actors.trace.TraceContext;
import io.macula.actors.trace.Tracing;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.Reply;
import io.macula.actors.wire.Subscribe;
import io.macula.actors.wire.TopicName;
import io.macula.actors.wire.TopicPattern;
import io.macula.actors.wire.Unsubscribe;
import io.macula.actors.wire.Value;
import io.macula.dht.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/// Passes what one peer publishes to every other peer that wants it, and to this node's own
/// subscriptions. Never sends a message back over the link it came in on.
///
/// After a restart it reads what each peer wants from the sessions.
public final class GatewayPubsub {

    public sealed interface Command {}

    /// A peer publishes.
    record Published(ClientSession from, Publish publish) implements Command {}

    /// This node's own code publishes.
    ///
    /// @param taken told how many subscribers it was handed to
    record PublishedHere(PeerInbox inbox, Publish publish, IntConsumer taken)
            implements
                Command {}

    /// Another node publishes to this one: for those who are in here, and for nobody else.
    record Arrived(PeerInbox inbox, Publish publish) implements Command {}

    private record Reached(ClientSession from, Bytes requestId, int copies) implements Command {}

    record Subscribes(ClientSession from, Subscribe subscribe) implements Command {}

    record Unsubscribes(ClientSession from, Unsubscribe unsubscribe) implements Command {}

    record Left(ClientSession session) implements Command {}

    /// In a span: to how many subscribers and nodes a message went.
    private static final String COPIES = "macula.copies";

    private final ActorContext<Command> context;
    private final LocalSubscriptions local;
    private final GatewayCounters counters;
    private final TopicRouting<ClientSession> routing;
    private final Outreach outreach;
    private final Advertised advertised;
    private final Tracing tracing;

    private GatewayPubsub(ActorContext<Command> context, Parts parts,
            TopicRouting<ClientSession> routing) {
        this.context = context;
        this.local = parts.local();
        this.counters = parts.counters();
        this.routing = routing;
        this.outreach = parts.outreach();
        this.advertised = parts.advertised();
        this.tracing = parts.tracing();
    }

    /// What the process is made of.
    ///
    /// @param inboxes count what this node's own code, and other nodes, have waiting for this
    ///     process
    /// @param outreach takes messages to other nodes
    /// @param advertised tells other nodes what is wanted here
    /// @param tracing begins a span for each message of a recorded trace that is passed on
    record Parts(ClientSessions sessions, List<PeerInbox> inboxes, LocalSubscriptions local,
            GatewayCounters counters, int patternsMax, Outreach outreach,
            Advertised advertised, Tracing tracing) {}

    static Behavior<Command> create(Parts parts) {
        return Behaviors.setup(context -> {
            context.setLoggerName(GatewayPubsub.class);
            parts.inboxes().forEach(PeerInbox::clear);
            var routing = new TopicRouting<ClientSession>(parts.patternsMax());
            for (var session : parts.sessions().all()) {
                session.pubsubInbox().clear();
                routing.subscribe(session,
                        session.patterns().stream().map(TopicPattern::text).toList());
            }
            parts.advertised().forget(ClientSession::isGone);
            return new GatewayPubsub(context, parts, routing).serving();
        });
    }

    private Behavior<Command> serving() {
        return Behaviors.receiveMessage(command -> {
            switch (command) {
                case Published(var from, var publish) -> {
                    from.pubsubInbox().leave(publish);
                    published(from, publish);
                }
                case PublishedHere(var inbox, var publish, var taken) -> {
                    inbox.leave(publish);
                    counters.published.increment();
                    publishedHere(publish, taken);
                }
                case Arrived(var inbox, var publish) -> {
                    inbox.leave(publish);
                    arrived(publish);
                }
                case Reached(var from, var requestId, var copies) -> answer(from, requestId,
                        Optional.empty(), new Value.Int(copies));
                case Subscribes(var from, var subscribe) -> subscribes(from, subscribe);
                case Unsubscribes(var from, var unsubscribe) -> unsubscribes(from, unsubscribe);
                case Left(var session) -> {
                    routing.left(session);
                    advertised.wants(session, Set.of());
                }
            }
            return Behaviors.same();
        });
    }

    private void published(ClientSession from, Publish brought) {
        counters.published.increment();
        var span = span(brought);
        published(from, within(brought, span), span);
    }

    private OpenSpan span(Publish publish) {
        return tracing.continued(Doing.RELAY, publish.topic(), publish.traceparent());
    }

    /// The message as it goes on; what is no `traceparent` goes no further.
    private static Publish within(Publish publish, OpenSpan span) {
        if (span.isRecorded()) {
            return publish.withTraceparent(span.traceparent());
        }
        return publish.traceparent() == null
                || TraceContext.parse(publish.traceparent()).isPresent()
                        ? publish
                        : publish.withTraceparent(null);
    }

    private void published(ClientSession from, Publish publish, OpenSpan span) {
        if (TopicName.parse(publish.topic()) instanceof TopicName.Parsed.Invalid(var why)) {
            counters.invalid.increment();
            answer(from, publish.requestId(), Optional.of(
                    new TopicRouting.Subscribed.Refused("invalid_topic", why)), Value.Nil.NIL);
            span.failed("invalid_topic", why).end();
            return;
        }
        var routed = route(from, publish);
        if (routed.isTooLong) {
            counters.invalid.increment();
            answer(from, publish.requestId(),
                    Optional.of(new TopicRouting.Subscribed.Refused("frame_too_long",
                            "the message is too long to be passed on")),
                    Value.Nil.NIL);
            span.failed("frame_too_long", "the message is too long to be passed on").end();
            return;
        }
        var requestId = publish.requestId();
        var me = context.getSelf();
        reach(publish, routed, from.isNode() ? Set.of(from.peer()) : Set.of(),
                nodes -> {
                    span.with(COPIES, routed.copies + nodes).end();
                    if (requestId != null) {
                        me.tell(new Reached(from, requestId, routed.copies + nodes));
                    }
                });
    }

    private void publishedHere(Publish publish, IntConsumer taken) {
        var routed = route(null, publish);
        reach(publish, routed, Set.of(), nodes -> taken.accept(routed.copies + nodes));
    }

    private void reach(Publish publish, Routing routed, Set<NodeId> except,
            IntConsumer reached) {
        var reach = outreach.reach(publish.withoutRequestId(), routed.nodes, except, reached);
        if (reach != Outreach.Reach.OUT) {
            counters.dropped.increment();
            reached.accept(0);
        }
    }

    private void arrived(Publish publish) {
        if (TopicName.of(publish.topic()).isEmpty()) {
            counters.invalid.increment();
        } else {
            var span = span(publish);
            span.with(COPIES, route(null, within(publish, span)).copies).end();
        }
    }

    /// One message on its way to everybody who wants it.
    private final class Routing {

        private final OutFrame frame;
        private final List<NodeId> nodes = new ArrayList<>();
        private int copies;
        private boolean isTooLong;

        Routing(Publish publish) {
            this.frame = new OutFrame(publish);
        }

        void send(Link link) {
            if (isTooLong) {
                return;
            }
            switch (Passed.on(link, frame)) {
                case QUEUED -> {
                    counters.delivered.increment();
                    copies++;
                }
                case FULL, CLOSED -> counters.dropped.increment();
                case TOO_LONG -> isTooLong = true;
            }
        }
    }

    private Routing route(@Nullable ClientSession from, Publish publish) {
        var routed = new Routing(publish);
        routed.copies = local.deliver(publish.topic(), publish.payload(), publish.messageId(),
                publish.traceparent());
        routing.match(publish.topic(), session -> {
            if (session.isNode()) {
                routed.nodes.add(session.peer());
            } else if (session != from) {
                routed.send(session.link());
            }
        });
        return routed;
    }

    /// A peer that has left wants nothing, although its last frames may be read after that.
    private void subscribes(ClientSession from, Subscribe subscribe) {
        from.pubsubInbox().leave(subscribe);
        if (from.isClosed()) {
            return;
        }
        switch (routing.subscribe(from, subscribe.topics())) {
            case TopicRouting.Subscribed.Done() -> {
                wants(from);
                answer(from, subscribe.requestId(), Optional.empty(), okay());
            }
            case TopicRouting.Subscribed.Refused refused -> {
                counters.invalid.increment();
                answer(from, subscribe.requestId(), Optional.of(refused), Value.Nil.NIL);
            }
        }
    }

    private void unsubscribes(ClientSession from, Unsubscribe unsubscribe) {
        from.pubsubInbox().leave(unsubscribe);
        routing.unsubscribe(from, unsubscribe.topics());
        wants(from);
        answer(from, unsubscribe.requestId(), Optional.empty(), okay());
    }

    private void wants(ClientSession from) {
        var patterns = routing.patternsOf(from);
        from.patterns(patterns);
        if (!from.isNode()) {
            advertised.wants(from, patterns);
        }
    }

    private static Value okay() {
        return new Value.Binary(Bytes.utf8("ok"));
    }

    private void answer(ClientSession to, @Nullable Bytes requestId,
            Optional<TopicRouting.Subscribed.Refused> refusal, Value result) {
        if (requestId == null) {
            return;
        }
        var reply = refusal
                .map(refused -> Reply.error(requestId, refused.code(), refused.message()))
                .orElseGet(() -> Reply.result(requestId, result));
        if (to.link().send(reply) != Link.Sent.QUEUED) {
            context.getLog().atDebug().addKeyValue("peer", to.peer()).log("answer not sent");
        }
    }
}
