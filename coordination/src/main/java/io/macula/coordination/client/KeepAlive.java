package io.macula.coordination.client;

import io.macula.coordination.state.Reply;
import io.macula.coordination.state.Request;
import java.time.Duration;
import java.util.Optional;

/// Keeps one session alive: when nothing was answered for a quarter of its time to live it asks to live
/// on. It also withdraws what is in doubt. Runs until the session has ended.
final class KeepAlive implements Runnable {

    private final Line line;
    private final Doubts doubts;
    private final Duration quarter;

    KeepAlive(Line line, Doubts doubts, Duration timeToLive) {
        this.line = line;
        this.doubts = doubts;
        quarter = timeToLive.dividedBy(4);
    }

    @Override
    public void run() {
        while (!line.ended().isDone()) {
            Pause.of(quarter.dividedBy(4));
            if (line.ended().isDone()) {
                return;
            }
            if (!doubts.isEmpty()) {
                doubts.settle(quarter);
            } else if (line.silence().compareTo(quarter) >= 0) {
                Optional<Reply> _ = line.askOnce(new Request.Renew(), quarter);
            }
        }
    }
}
