package io.macula.app;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// Publish and subscribe by topic.
///
/// A topic is `segment.segment...`; in a pattern `*` stands for one segment and `**` for zero or
/// more. **Delivery:** at most once; a message is lost when no path to a subscriber is up, and for a node
/// that does not keep up, which holds up nobody else (a receipt tells how many copies went out). It is
/// never delivered twice to one subscription. **Order:** messages of one publisher to one
/// subscriber arrive in the order of the `publish` calls while one link carries them.
/// **Durability:** none; who subscribes later does not see it.
public interface Topics {

    /// Sends `payload` to everybody whose pattern matches `topic`, this node's own subscriptions
    /// included (once). Returns at once.
    Published publish(String topic, Payload payload);

    /// Like [#publish], and learns what a gateway made of it. The stage never fails and completes
    /// within `patience`. A receipt says that copies are on their way, not that they
    /// arrived.
    CompletionStage<Receipt> publishWithReceipt(String topic, Payload payload, Duration patience);

    /// Calls `handler` for every message whose topic matches `pattern`, one message at a time,
    /// until the subscription is closed. It outlives crashes and lost links: it is renewed by
    /// itself. An exception of the handler is logged and does not end the subscription.
    Subscribed subscribe(String pattern, Consumer<TopicMessage> handler);

    /// What became of a publish.
    sealed interface Published {
        /// On its way.
        record Sent() implements Published {}

        /// No other node got it: the bounded queues to the mesh are full; try again later.
        record Busy(String message) implements Published {}

        /// Not sent: the topic is not one, or the payload is too large.
        record Invalid(String message) implements Published {}

        /// Delivered to this node's own subscriptions only: no link is up.
        record Offline(String message) implements Published {}
    }

    /// What a gateway said of a publish.
    sealed interface Receipt {
        /// It has sent copies to that many subscribers, other than those of this node.
        record Taken(long subscribers) implements Receipt {}

        /// It was not sent, or the gateway refused it: one sentence.
        record Refused(String message) implements Receipt {}

        /// Nobody answered in time, or no link is up: nobody knows.
        record Unanswered(String message) implements Receipt {}
    }

    /// What became of a subscribe.
    sealed interface Subscribed {
        /// Close it to end the subscription.
        record Active(Subscription subscription) implements Subscribed {}

        /// The pattern is not one, or the node has as many subscriptions as it may.
        record Invalid(String message) implements Subscribed {}
    }

    /// A running subscription.
    interface Subscription extends AutoCloseable {

        String pattern();

        /// Completes when the mesh first answered; stays open while no link is up.
        CompletionStage<Confirmation> confirmed();

        @Override
        void close();
    }
}
