package io.macula.actors.link.quic.netty;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The connections of one socket, bounded. Safe to use from any thread.
final class ConnectionSet implements ConnectionEvents.Registry {

    private final Set<NettyConnection> connections = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> emptied = new CompletableFuture<>();
    private final int max;
    private volatile boolean closed;

    ConnectionSet(int max) {
        this.max = max;
    }

    @Override
    public boolean add(NettyConnection connection) {
        if (closed || connections.size() >= max) {
            return false;
        }
        connections.add(connection);
        if (closed) {
            connection.close(0, "shutting down");
        }
        return true;
    }

    @Override
    public void remove(NettyConnection connection) {
        connections.remove(connection);
        completeIfEmptied();
    }

    /// Closes all of them; the future completes when the last is gone.
    CompletableFuture<Void> closeAll(String reason) {
        closed = true;
        connections.forEach(connection -> connection.close(0, reason));
        completeIfEmptied();
        return emptied;
    }

    private void completeIfEmptied() {
        if (closed && connections.isEmpty()) {
            emptied.complete(null);
        }
    }

    /// Waits for the future of [#closeAll], but no longer than `millis`.
    static void await(CompletableFuture<Void> emptied, long millis) {
        try {
            emptied.get(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException _) {
            // what is left dies with the socket
        }
    }
}
