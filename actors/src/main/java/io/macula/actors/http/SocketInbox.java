package io.macula.actors.http;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Hands what comes in by one socket to its listener: one call at a time, in order, on the threads of
/// `executor`. What waits is bounded. Safe to use from any thread.
public final class SocketInbox {

    private final OpenSocket socket;
    private final SocketListener listener;
    private final Executor executor;
    private final int messagesMax;
    private final long bytesMax;
    private final Failure failed;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean isOpened;
    private boolean isOver;
    private boolean isRunning;

    /// Told what the listener threw.
    @FunctionalInterface
    public interface Failure {
        void threw(Throwable thrown);
    }

    private sealed interface Waiting {
        record Opened() implements Waiting {}

        record Message(String text, int sizeBytes) implements Waiting {}

        record Closed() implements Waiting {}
    }

    /// @param bytesMax of the messages that wait, as they came
    public SocketInbox(OpenSocket socket, SocketListener listener, Executor executor,
            int messagesMax, long bytesMax, Failure failed) {
        this.socket = socket;
        this.listener = listener;
        this.executor = executor;
        this.messagesMax = messagesMax;
        this.bytesMax = bytesMax;
        this.failed = failed;
    }

    public synchronized void opened() {
        isOpened = !isOver;
        put(new Waiting.Opened());
    }

    /// False when there is no room for it; then it is lost.
    public synchronized boolean received(String text, int sizeBytes) {
        if (waiting.size() >= messagesMax || waitingBytes + sizeBytes > bytesMax) {
            return false;
        }
        waitingBytes += sizeBytes;
        put(new Waiting.Message(text, sizeBytes));
        return true;
    }

    /// Nothing more is told after what waits, and nothing at all to a listener that was told of no
    /// opening. Again: nothing happens.
    public synchronized void closed() {
        if (isOpened) {
            put(new Waiting.Closed());
        }
        isOver = true;
    }

    /// The same, and messages that wait are left out.
    public synchronized void dropped() {
        waiting.removeIf(Waiting.Message.class::isInstance);
        closed();
    }

    private synchronized void put(Waiting next) {
        if (isOver) {
            return;
        }
        waiting.add(next);
        if (!isRunning) {
            isRunning = true;
            executor.execute(this::run);
        }
    }

    private void run() {
        for (var next = next(); next != null; next = next()) {
            try {
                tell(next);
            } catch (Throwable thrown) { // an error of the listener's code must not stop the calls
                failed.threw(thrown);
            }
        }
    }

    private synchronized @Nullable Waiting next() {
        var next = waiting.poll();
        if (next == null) {
            isRunning = false;
        } else if (next instanceof Waiting.Message(_, var sizeBytes)) {
            waitingBytes -= sizeBytes;
        }
        return next;
    }

    private void tell(Waiting next) {
        switch (next) {
            case Waiting.Opened() -> listener.opened(socket);
            case Waiting.Message(var text, _) -> listener.received(socket, text);
            case Waiting.Closed() -> listener.closed(socket);
        }
    }
}
