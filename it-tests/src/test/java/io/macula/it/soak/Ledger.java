package io.macula.it.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/// What one publisher sent and what each of its subscribers heard, by sequence number. Written by
/// one publisher thread and by the handlers of the subscribers.
final class Ledger {

    /// A message that a subscriber did not hear, with the time it was sent.
    record Missing(int publisher, int subscriber, int sequence, long sentAtNanos) {}

    private final int publisher;
    private final long[] sentAtNanos;
    private final List<Integer> subscribers;
    private final List<AtomicIntegerArray> heard = new ArrayList<>();
    private final LongAdder twice = new LongAdder();
    private volatile int sent;

    Ledger(int publisher, List<Integer> subscribers, int messagesMax) {
        this.publisher = publisher;
        this.subscribers = List.copyOf(subscribers);
        this.sentAtNanos = new long[messagesMax];
        subscribers.forEach(_ -> heard.add(new AtomicIntegerArray(messagesMax)));
    }

    /// The number for the next message, which counts as sent from now on.
    int next(long nowNanos) {
        sentAtNanos[sent] = nowNanos;
        return sent;
    }

    void sent(int sequence) {
        sent = sequence + 1;
    }

    void heard(int subscriber, int sequence) {
        var index = subscribers.indexOf(subscriber);
        if (heard.get(index).incrementAndGet(sequence) > 1) {
            twice.increment();
        }
    }

    int sentCount() {
        return sent;
    }

    /// Deliveries beyond the first of one message to one subscriber.
    long twice() {
        return twice.sum();
    }

    long heardCount() {
        return heard.stream()
                .mapToLong(marks -> IntStream.range(0, sent)
                        .filter(sequence -> marks.get(sequence) > 0)
                        .count())
                .sum();
    }

    List<Missing> missing() {
        var missing = new ArrayList<Missing>();
        for (var index = 0; index < subscribers.size(); index++) {
            for (var sequence = 0; sequence < sent; sequence++) {
                if (heard.get(index).get(sequence) == 0) {
                    missing.add(new Missing(publisher, subscribers.get(index), sequence,
                            sentAtNanos[sequence]));
                }
            }
        }
        return missing;
    }
}
