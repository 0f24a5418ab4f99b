package io.macula.benchmarks.traffic;

import io.macula.actors.link.Disconnected;
import io.macula.actors.link.Link;
import io.macula.actors.link.LinkListener;
import io.macula.actors.link.StreamClass;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.Reply;
import java.util.concurrent.atomic.LongAdder;

/// Counts what comes to the peers of a crowd.
final class CrowdHeard implements LinkListener {

    private final LongAdder messages = new LongAdder();
    private final LongAdder replies = new LongAdder();
    private final LongAdder ended = new LongAdder();

    @Override
    public void received(Link link, Message message) {
        if (message instanceof Publish) {
            messages.increment();
        } else if (message instanceof Reply) {
            replies.increment();
        }
    }

    @Override
    public void writable(Link link, StreamClass stream) {}

    @Override
    public void closed(Link link, Disconnected reason) {
        ended.increment();
    }

    long messages() {
        return messages.sum();
    }

    long replies() {
        return replies.sum();
    }

    /// Links that are gone.
    long ended() {
        return ended.sum();
    }
}
