package io.macula.actors.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.wire.MessageType;
import io.macula.actors.wire.WireCounters;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

class ProtocolRegistryTest {

    @Test
    void describesEveryTypeAndWhatHasGoneOverTheLinks() {
        var counters = new WireCounters();
        var registry = BehaviorTestKit.create(ProtocolRegistry.create(counters));
        var inbox = TestInbox.<ProtocolRegistry.Description>create();
        counters.sent(MessageType.PING, 20);

        registry.run(new ProtocolRegistry.Describe(inbox.getRef()));

        var description = inbox.receiveMessage();
        assertThat(description.types()).containsExactly(MessageType.values());
        assertThat(description.counters().framesOut()).containsEntry(MessageType.PING, 1L);
    }
}
