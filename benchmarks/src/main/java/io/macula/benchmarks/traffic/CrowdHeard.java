package io.macula.benchmarks.traffic;

import io.macula.actors.link.Disconnected;
import io.macula.actors.link.Link;
import io.macula.actors.link.LinkListener;
import io.macula.actors.link.StreamClass;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.Reply;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/// Counts what comes to the peers of a crowd.
final class CrowdHeard implements LinkListener {

    private static final int KINDS_MAX = 100;

    private final LongAdder messages = new LongAdder();
    private final LongAdder confirmed = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final ConcurrentHashMap<String, LongAdder> failures = new ConcurrentHashMap<>();

    @Override
    public void received(Link link, Message message) {
        if (message instanceof Publish) {
            messages.increment();
        } else if (message instanceof Reply reply) {
            replied(reply);
        }
    }

    private void replied(Reply reply) {
        var refusal = reply.error();
        if (refusal == null) {
            confirmed.increment();
        } else {
            failed("a subscription that was refused: " + refusal.message());
        }
    }

    /// Something went wrong; the same sentence is counted.
    void failed(String what) {
        if (failures.size() < KINDS_MAX) {
            failures.computeIfAbsent(what, _ -> new LongAdder()).increment();
        }
    }

    /// What went wrong, each with how often; empty when nothing did.
    String failures() {
        return failures.entrySet()
                .stream()
                .map(each -> each.getValue().sum() + " times " + each.getKey())
                .sorted()
                .collect(Collectors.joining("; "));
    }

    @Override
    public void writable(Link link, StreamClass stream) {}

    @Override
    public void closed(Link link, Disconnected reason) {
        ended.increment();
        failed("a link that ended: " + reason.code() + ", " + reason.message());
    }

    long messages() {
        return messages.sum();
    }

    /// Subscriptions that the gateway has taken.
    long confirmed() {
        return confirmed.sum();
    }

    /// Links that are gone.
    long ended() {
        return ended.sum();
    }
}
