package io.macula.runtime.cut;

import io.macula.actors.link.quic.ListenerCertificate;
import io.macula.actors.link.quic.QuicConnection;
import io.macula.actors.link.quic.QuicConnectionHandler;
import io.macula.actors.link.quic.QuicListener;
import io.macula.actors.link.quic.QuicProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The QUIC of one node, whose connections go dead while its node is cut off. Who dials knows by the address whom he
/// reaches, so the dialler's end cuts a connection; the end of whoever is dialled does so only when its node was
/// killed.
final class CutQuic implements QuicProvider {

    private record Waiting(InetSocketAddress peer, CompletableFuture<Boolean> open) {}

    private final QuicProvider real;
    private final Reach reach;
    private final Set<CutConnection> connections = ConcurrentHashMap.newKeySet();
    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();

    CutQuic(QuicProvider real, Reach reach) {
        this.real = real;
        this.reach = reach;
    }

    @Override
    public String name() {
        return real.name();
    }

    @Override
    public CompletionStage<QuicListener> listen(InetSocketAddress local,
            ListenerCertificate certificate,
            Function<QuicConnection, QuicConnectionHandler> accept) {
        return real.listen(local, certificate,
                connection -> made(connection, reach::isKilled, accept))
                .thenApply(this::silentWhenKilled);
    }

    private QuicListener silentWhenKilled(QuicListener listener) {
        return new QuicListener() {
            @Override
            public InetSocketAddress localAddress() {
                return listener.localAddress();
            }

            @Override
            public void close() {
                if (!reach.isKilled()) {
                    listener.close();
                }
            }
        };
    }

    private CutConnection made(QuicConnection connection, BooleanSupplier isCut,
            Function<QuicConnection, QuicConnectionHandler> handler) {
        connections.removeIf(CutConnection::isOver);
        var made = new CutConnection(connection, isCut, reach::isKilled);
        connections.add(made);
        return made.heardBy(handler.apply(made));
    }

    @Override
    public CompletionStage<QuicConnection> dial(InetSocketAddress remote, Duration timeout,
            Function<QuicConnection, QuicConnectionHandler> handler) {
        return reach.isCut(remote)
                ? opened(remote, timeout).thenCompose(isOpen -> isOpen
                        ? dialled(remote, timeout, handler)
                        : CompletableFuture.failedStage(
                                new IOException("no answer within " + timeout.toMillis() + " ms")))
                : dialled(remote, timeout, handler);
    }

    private CompletionStage<QuicConnection> dialled(InetSocketAddress remote, Duration timeout,
            Function<QuicConnection, QuicConnectionHandler> handler) {
        var made = new AtomicReference<@Nullable QuicConnection>();
        return real.dial(remote, timeout, connection -> {
            var cut = made(connection, () -> reach.isCut(remote), handler);
            made.set(cut);
            return cut;
        }).thenApply(connection -> {
            var cut = made.get();
            return cut == null ? connection : cut;
        });
    }

    /// True as soon as the way to `peer` is open, false when that has not come about in time.
    private CompletionStage<Boolean> opened(InetSocketAddress peer, Duration timeout) {
        var entry = new Waiting(peer, new CompletableFuture<>());
        waiting.add(entry);
        look(entry);
        return entry.open()
                .completeOnTimeout(false, timeout.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((_, _) -> waiting.remove(entry));
    }

    private void look(Waiting entry) {
        if (!reach.isCut(entry.peer())) {
            entry.open().complete(true);
        }
    }

    /// What can be reached has changed.
    void goOn() {
        waiting.forEach(this::look);
        connections.forEach(CutConnection::goOn);
    }

    /// A killed node says no goodbye: what it has open stays open, and silent, until [#end].
    @Override
    public void close() {
        if (!reach.isKilled()) {
            end();
        }
    }

    /// Closes it all; more than once does no harm.
    void end() {
        real.close();
    }
}
