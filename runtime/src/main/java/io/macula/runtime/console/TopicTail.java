package io.macula.runtime.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.app.TopicMessage;
import io.macula.app.Topics;
import io.macula.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The messages of a pattern of topics for one browser: the first few of each moment, and how many more
/// there were. Safe to use from any thread.
final class TopicTail implements AutoCloseable {

    /// Messages that are shown of each moment between two tellings.
    static final int SHOWN_MAX = 20;

    private static final int PAYLOAD_MAX = 500;

    private record Heard(long at, String topic, String text) {}

    private final String pattern;
    private final Clock clock;
    private final Runnable wake;
    private final Deque<Heard> heard = new ArrayDeque<>();
    private Topics.@Nullable Subscription subscription;
    private @Nullable String problem;
    private long left;
    private boolean isNew = true;

    private TopicTail(String pattern, Clock clock, Runnable wake) {
        this.pattern = pattern;
        this.clock = clock;
        this.wake = wake;
    }

    /// @param wake
    ///            told when there is something to tell
    static TopicTail of(String pattern, Topics topics, Clock clock, Runnable wake) {
        var tail = new TopicTail(pattern, clock, wake);
        tail.begin(topics.subscribe(pattern, tail::heard));
        return tail;
    }

    private synchronized void begin(Topics.Subscribed subscribed) {
        switch (subscribed) {
            case Topics.Subscribed.Active(var active) -> subscription = active;
            case Topics.Subscribed.Invalid(var message) -> problem = message;
        }
    }

    private void heard(TopicMessage message) {
        synchronized (this) {
            if (heard.size() >= SHOWN_MAX) {
                left++;
                return;
            }
            heard.add(new Heard(clock.millis(), message.topic(),
                    shown(message.payload().toBytes())));
        }
        wake.run();
    }

    private static String shown(byte[] payload) {
        var text = new String(payload, 0, Math.min(payload.length, PAYLOAD_MAX),
                StandardCharsets.UTF_8);
        return payload.length > PAYLOAD_MAX ? text + "… " + payload.length + " bytes" : text;
    }

    /// What has come since it was asked last; empty when nothing has.
    synchronized Optional<ObjectNode> take() {
        if (!isNew && heard.isEmpty() && left == 0) {
            return Optional.empty();
        }
        isNew = false;
        var news = Json.object().put("pattern", pattern).put("left", left);
        if (problem != null) {
            news.put("problem", problem);
        }
        var messages = news.putArray("messages");
        heard.forEach(each -> messages.addObject()
                .put("at", each.at())
                .put("topic", each.topic())
                .put("text", each.text()));
        heard.clear();
        left = 0;
        return Optional.of(news);
    }

    @Override
    public synchronized void close() {
        if (subscription != null) {
            subscription.close();
            subscription = null;
        }
    }
}
