package io.macula.actors.link.quic.kwik;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The connections of a listener or of the dialler, bounded and watched. Safe to use from any
/// thread.
final class KwikConnections {

    private final Set<KwikConnection> connections = ConcurrentHashMap.newKeySet();
    private final Watchdog watchdog;
    private final int max;
    private volatile boolean closed;

    KwikConnections(Watchdog watchdog, int max) {
        this.watchdog = watchdog;
        this.max = max;
    }

    /// False when there is no room for another one.
    boolean add(KwikConnection connection) {
        if (closed || connections.size() >= max) {
            return false;
        }
        connections.add(connection);
        watchdog.add(connection);
        if (closed) {
            connection.close(0, "shutting down");
        }
        return true;
    }

    void remove(KwikConnection connection) {
        connections.remove(connection);
        watchdog.remove(connection);
    }

    /// Closes all of them and waits for that, but no longer than `millis`.
    void closeAll(String reason, long millis) {
        closed = true;
        var leaving = List.copyOf(connections);
        leaving.forEach(connection -> connection.close(0, reason));
        var gone = leaving.stream().map(KwikConnection::gone).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(gone).get(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException _) {
            leaving.forEach(connection -> connection.lost("shutting down"));
        }
    }
}
