package io.macula.actors.gateway;

import io.macula.actors.local.LocalSubscriptions;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.TopicName;

/// Where a message ends that another node routed to this one: at this node's own subscriptions and
/// nowhere else, because whoever routed it has told the other nodes. That is what kept the
/// original's messages from multiplying. Safe to use from any thread.
record LocalDelivery(LocalSubscriptions subscriptions, GatewayCounters counters) {

    void deliver(Publish publish) {
        if (TopicName.of(publish.topic()).isEmpty()) {
            counters.invalid.increment();
            return;
        }
        subscriptions.deliver(publish.topic(), publish.payload(), publish.messageId());
    }
}
