package io.macula.runtime;

import io.macula.actors.link.Link;
import io.macula.actors.local.Delivery;
import io.macula.actors.local.LocalSubscriptions;
import io.macula.actors.mesh.Advertised;
import io.macula.actors.peer.PeerSystem;
import io.macula.actors.peer.PubsubHandler;
import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.rpc.RpcError;
import io.macula.actors.trace.Doing;
import io.macula.actors.trace.OpenSpan;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.TopicName;
import io.macula.actors.wire.TopicPattern;
import io.macula.app.Confirmation;
import io.macula.app.Payload;
import io.macula.app.TopicMessage;
import io.macula.app.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// [Topics] of a running node. A publish goes from the caller's thread into the bounded queues of
/// the links; only what comes in passes through processes.
final class NodeTopics implements Topics {

    private static final Logger LOG = LoggerFactory.getLogger(NodeTopics.class);

    private static final Published FULL = new Published.Busy("the queue to the mesh is full");

    private final NodePlane plane;

    /// The very string that was found to be a topic last: most publishes are on the topic of the one before. Threads
    /// may overwrite each other's.
    private @Nullable String lastSound;

    NodeTopics(NodePlane plane) {
        this.plane = plane;
    }

    @Override
    public Published publish(String topic, Payload payload) {
        var begun = System.nanoTime();
        var published = published(topic, payload);
        plane.traffic().published(topic, published, System.nanoTime() - begun);
        return published;
    }

    private Published published(String topic, Payload payload) {
        var problem = problemOf(topic, payload);
        if (problem.isPresent()) {
            return new Published.Invalid(problem.get());
        }
        var span = plane.local().tracing().begin(Doing.PUBLISH, topic);
        var publish = message(topic, payload, span);
        var published = send(publish, _ -> {}, () -> publishUp(publish));
        end(span, published);
        return published;
    }

    @SuppressWarnings("ReferenceEquality") // the same string, not an equal one, was looked at
    private Optional<String> problemOf(String topic, Payload payload) {
        if (topic != lastSound) {
            if (!TopicName.isOne(topic)
                    && TopicName.parse(topic) instanceof TopicName.Parsed.Invalid(var why)) {
                return Optional.of(why);
            }
            lastSound = topic;
        }
        return payload.sizeBytes() > plane.payloadMaxBytes()
                ? Optional.of(plane.tooLarge(payload.sizeBytes()))
                : Optional.empty();
    }

    private Publish message(String topic, Payload payload, OpenSpan span) {
        var publish = Publish.of(topic, Bytes.wrap(payload.toBytes()), 0, false,
                plane.ids().next());
        return span.isRecorded() ? publish.withTraceparent(span.traceparent()) : publish;
    }

    private static void end(OpenSpan span, Published published) {
        switch (published) {
            case Published.Sent() -> {
            }
            case Published.Busy(var why) -> span.failed("busy", why);
            case Published.Invalid(var why) -> span.failed("invalid", why);
            case Published.Offline(var why) -> span.failed("offline", why);
        }
        span.end();
    }

    @Override
    public CompletionStage<Receipt> publishWithReceipt(String topic, Payload payload,
            Duration patience) {
        var begun = System.nanoTime();
        var problem = problemOf(topic, payload);
        if (problem.isPresent()) {
            plane.traffic()
                    .published(topic, new Published.Invalid(problem.get()),
                            System.nanoTime() - begun);
            return CompletableFuture.completedStage(new Receipt.Refused(problem.get()));
        }
        var receipt = new CompletableFuture<Receipt>();
        var span = plane.local().tracing().begin(Doing.PUBLISH, topic);
        var publish = message(topic, payload, span);
        var published = send(publish,
                copies -> plane.complete(receipt, new Receipt.Taken(copies)),
                () -> publishUp(publish, receipt, patience));
        plane.traffic().published(topic, published, System.nanoTime() - begun);
        switch (published) {
            case Published.Sent() -> receipt.completeOnTimeout(new Receipt.Unanswered(
                    "the gateway did not answer"), patience.toMillis(), TimeUnit.MILLISECONDS);
            case Published.Busy(var why) -> receipt.complete(new Receipt.Refused(why));
            case Published.Invalid(var why) -> receipt.complete(new Receipt.Refused(why));
            case Published.Offline(var why) -> receipt.complete(new Receipt.Unanswered(why));
        }
        end(span, published);
        return receipt.minimalCompletionStage();
    }

    /// By this node's own gateway, or straight to the nodes that want it, or up to the gateways.
    ///
    /// @param taken told for how many subscribers or nodes it was taken, unless it went up
    private Published send(Publish publish, IntConsumer taken, Supplier<Published> up) {
        if (plane.isGateway()) {
            return publishHere(publish, taken);
        }
        return plane.mesh()
                .map(mesh -> publishOut(mesh, publish, taken, up))
                .orElseGet(() -> {
                    deliverHere(publish);
                    return up.get();
                });
    }

    /// When no node is known to want it, a gateway is asked, which knows of a new subscriber among
    /// its peers before the DHT does.
    private Published publishOut(NodeMesh mesh, Publish publish, IntConsumer taken,
            Supplier<Published> up) {
        if (mesh.mesh().neighbours().isEmpty()) {
            deliverHere(publish);
            return up.get();
        }
        var here = deliverHere(publish);
        var reach = mesh.outreach().reach(publish, List.of(), Set.of(), nodes -> {
            if (nodes > 0 || !(up.get() instanceof Published.Sent)) {
                taken.accept(here + nodes);
            }
        });
        return switch (reach) {
            case OUT -> new Published.Sent();
            case FULL -> up.get() instanceof Published.Sent ? new Published.Sent() : FULL;
            case CROWDED ->
                new Published.Busy("too many messages wait for the first word on their topic");
        };
    }

    private int deliverHere(Publish publish) {
        return plane.local()
                .subscriptions()
                .deliver(publish.topic(), publish.payload(), publish.messageId(),
                        publish.traceparent());
    }

    /// The first link is asked for the receipt, the others get the message without.
    private Published publishUp(Publish publish, CompletableFuture<Receipt> receipt,
            Duration patience) {
        var links = plane.uplinks().up();
        if (links.isEmpty()) {
            return new Published.Offline("no link to the mesh is up");
        }
        var id = plane.ids().next();
        var asked = links.getFirst();
        var opened = plane.local()
                .calls()
                .open(id, asked,
                        System.nanoTime() + patience.toNanos(),
                        outcome -> plane.complete(receipt, receiptOf(outcome)));
        if (!opened) {
            return new Published.Busy("this node has as many open calls as it may");
        }
        links.stream().skip(1).forEach(link -> link.send(publish));
        return switch (asked.send(publish.withRequestId(id))) {
            case QUEUED -> new Published.Sent();
            case FULL -> FULL;
            case CLOSED -> new Published.Offline("no link to the mesh is up");
        };
    }

    private static Receipt receiptOf(CallOutcome outcome) {
        return switch (outcome) {
            case CallOutcome.Ok(var copies) ->
                new Receipt.Taken(copies.text().map(Long::parseLong).orElse(0L));
            case CallOutcome.Failed(var error, var why) when error == RpcError.INVALID ->
                new Receipt.Refused(why);
            case CallOutcome.Failed(_, var why) -> new Receipt.Unanswered(why);
        };
    }

    private Published publishHere(Publish publish, IntConsumer taken) {
        return plane.gatewayPublish(publish, taken)
                ? new Published.Sent()
                : new Published.Busy("too many publishes of this node wait at its gateway");
    }

    private Published publishUp(Publish publish) {
        return switch (sendUp(publish)) {
            case QUEUED -> new Published.Sent();
            case FULL -> FULL;
            case CLOSED -> new Published.Offline("no link to the mesh is up");
        };
    }

    /// Over every link, because each leads to other peers; a node that hears a message twice
    /// knows it by its id. The best of the answers counts.
    private Link.Sent sendUp(Publish publish) {
        var best = Link.Sent.CLOSED;
        for (var link : plane.uplinks().up()) {
            var sent = link.send(publish);
            if (sent == Link.Sent.QUEUED || best == Link.Sent.CLOSED) {
                best = sent;
            }
        }
        return best;
    }

    @Override
    public Subscribed subscribe(String pattern, Consumer<TopicMessage> handler) {
        return switch (TopicPattern.parse(pattern)) {
            case TopicPattern.Parsed.Invalid(var why) -> new Subscribed.Invalid(why);
            case TopicPattern.Parsed.Ok(var parsed) -> subscribe(parsed, handler);
        };
    }

    private Subscribed subscribe(TopicPattern pattern, Consumer<TopicMessage> handler) {
        var added = plane.local()
                .subscriptions()
                .add(pattern,
                        delivery -> handle(delivery, handler));
        return switch (added) {
            case LocalSubscriptions.Added.Full(var most) -> new Subscribed.Invalid(
                    "this node has as many subscriptions as it may (" + most + ")");
            case LocalSubscriptions.Added.Active(var subscription, var firstOfPattern) -> {
                if (firstOfPattern) {
                    tell(new PubsubHandler.Subscribed(pattern));
                    advertise(pattern);
                }
                if (plane.isGateway()) {
                    known(pattern);
                }
                yield new Subscribed.Active(new NodeSubscription(subscription));
            }
        };
    }

    private void known(TopicPattern pattern) {
        plane.local()
                .subscriptions()
                .confirm(pattern, new io.macula.actors.local.Confirmation.Known());
    }

    /// Tells the DHT of what is wanted here now.
    private CompletionStage<Void> advertise() {
        return plane.mesh()
                .map(mesh -> mesh.advertised()
                        .wants(Advertised.HERE, plane.local().subscriptions().patterns()))
                .orElseGet(() -> CompletableFuture.completedStage(null));
    }

    private void advertise(TopicPattern pattern) {
        if (plane.mesh().isPresent() && !plane.isGateway()) {
            advertise().thenRun(() -> known(pattern));
        } else {
            var _ = advertise();
        }
    }

    private void handle(Delivery delivery, Consumer<TopicMessage> handler) {
        var begun = System.nanoTime();
        var isFailed = !isHandled(delivery, handler);
        plane.traffic().handled(delivery.topic(), isFailed, System.nanoTime() - begun);
    }

    private static boolean isHandled(Delivery delivery, Consumer<TopicMessage> handler) {
        try {
            handler.accept(new TopicMessage(delivery.topic(), delivery.pattern(),
                    Payload.of(delivery.payload().asBuffer())));
            return true;
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            LOG.atWarn()
                    .addKeyValue("pattern", delivery.pattern())
                    .setCause(e)
                    .log("a subscription's handler failed");
            return false;
        }
    }

    private void tell(PubsubHandler.Command command) {
        plane.eachPeerSystem(refs -> refs.get(PeerSystem.PUBSUB_HANDLER).tell(command));
    }

    private final class NodeSubscription implements Subscription {

        private final LocalSubscriptions.LocalSubscription subscription;
        private final AtomicBoolean closed = new AtomicBoolean();

        NodeSubscription(LocalSubscriptions.LocalSubscription subscription) {
            this.subscription = subscription;
        }

        @Override
        public String pattern() {
            return subscription.pattern().text();
        }

        @Override
        public CompletionStage<Confirmation> confirmed() {
            return subscription.confirmed().thenApply(NodePlane::toApp);
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)
                    && plane.local().subscriptions().remove(subscription)) {
                tell(new PubsubHandler.Unsubscribed(subscription.pattern()));
                var _ = advertise();
            }
        }
    }
}
