package io.macula.runtime.web;

import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A browser's end of a socket: what it hears, and how the connection ended.
final class Page implements WebSocket.Listener {

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private final StringBuilder part = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean isLast) {
        part.append(text);
        if (isLast) {
            heard.add(part.toString());
            part.setLength(0);
        }
        socket.request(1);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        ended.complete(code);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        ended.complete(-1);
    }

    String next() throws InterruptedException {
        var text = heard.poll(WebBench.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (text == null) {
            throw new AssertionError("nothing was heard");
        }
        return text;
    }

    boolean hasHeardMore() {
        return !heard.isEmpty();
    }

    /// The status it was closed with; -1 when it just broke.
    int end() {
        return ended.orTimeout(WebBench.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
}
