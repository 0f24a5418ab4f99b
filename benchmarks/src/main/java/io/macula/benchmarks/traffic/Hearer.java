package io.macula.benchmarks.traffic;

import org.HdrHistogram.ConcurrentHistogram;

/// The subscribers of a run: counts what they hear, and says so often enough for the speaker to go on.
final class Hearer implements Carrier.Hearing {

    private static final long MINUTE = 60_000_000_000L;
    private static final int PADDING = 16;

    private final long[][] counted;
    private final ConcurrentHistogram delays = new ConcurrentHistogram(MINUTE, 3);

    Hearer(int subscribers) {
        counted = new long[subscribers][PADDING];
    }

    @Override
    public void heard(int subscriber, byte[] note, Carrier.Answering answering) {
        switch (Note.kind(note)) {
            case HELLO -> answering.answer(
                    Note.of(Note.Kind.HELLO, subscriber, Note.BYTES_MIN));
            case DATA -> count(subscriber, answering);
            case TIMED -> {
                var sent = Note.value(note);
                if (sent != 0) {
                    delays.recordValue(Math.clamp(System.nanoTime() - sent, 1, MINUTE));
                }
                counted[subscriber][0]++;
            }
            case CALL -> answering.answer(note);
            case END -> answering.answer(result(subscriber));
            case COUNTED, RESULT -> throw new IllegalArgumentException("said by subscribers only");
        }
    }

    private void count(int subscriber, Carrier.Answering answering) {
        var count = ++counted[subscriber][0];
        if (count % Plan.ACKNOWLEDGE_EVERY == 0) {
            answering.answer(
                    Note.of(Note.Kind.COUNTED, subscriber, Note.BYTES_MIN, count));
        }
    }

    private byte[] result(int subscriber) {
        var count = counted[subscriber][0];
        counted[subscriber][0] = 0;
        var note = Note.of(Note.Kind.RESULT, subscriber, Note.BYTES_MIN, count,
                delays.getValueAtPercentile(50), delays.getValueAtPercentile(99),
                delays.getValueAtPercentile(99.9), delays.getMaxValue());
        if (subscriber == 0) {
            delays.reset();
        }
        return note;
    }
}
