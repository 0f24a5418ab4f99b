package io.macula.runtime.cut;

import io.macula.actors.link.quic.QuicConnection;
import io.macula.actors.link.quic.QuicConnectionHandler;
import io.macula.actors.link.quic.QuicStream;
import io.macula.actors.link.quic.QuicStreamHandler;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A connection that can be cut like a cable: neither end hears anything more of the other, not even its end, until the
/// cut is healed. It is enough that one end does it, for both ways pass there.
final class CutConnection implements QuicConnection, QuicConnectionHandler {

    private final QuicConnection real;
    private final BooleanSupplier isCut;
    private final BooleanSupplier isDead;
    private final Lane in;
    private final Lane out;
    private final List<CutStream> streams = new CopyOnWriteArrayList<>();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicReference<@Nullable Runnable> goodbye = new AtomicReference<>();
    private volatile @Nullable QuicConnectionHandler handler;

    /// @param isDead whether this end was killed
    CutConnection(QuicConnection real, BooleanSupplier isCut, BooleanSupplier isDead) {
        this.real = real;
        this.isCut = isCut;
        this.isDead = isDead;
        this.in = new Lane(isCut);
        this.out = new Lane(isCut);
    }

    CutConnection heardBy(QuicConnectionHandler hearer) {
        handler = hearer;
        return this;
    }

    private QuicConnectionHandler handler() {
        return Objects.requireNonNull(handler, "a connection is heard from its beginning");
    }

    /// The way may be open again.
    void goOn() {
        out.flush();
        in.flush();
        streams.forEach(CutStream::goOn);
        if (!isCut.getAsBoolean()) {
            var waiting = goodbye.getAndSet(null);
            if (waiting != null) {
                waiting.run();
            }
        }
    }

    /// Whether nobody here has any more use for it.
    boolean isOver() {
        return isOver.get() && goodbye.get() == null;
    }

    private CutStream stream() {
        var stream = new CutStream(isCut, isDead, in);
        streams.add(stream);
        return stream;
    }

    @Override
    public CompletionStage<QuicStream> openStream(QuicStreamHandler hearer) {
        var stream = stream();
        stream.heardBy(hearer);
        var opened = new CompletableFuture<QuicStream>();
        out.pass(() -> real.openStream(stream).whenComplete((made, failure) -> {
            if (made == null) {
                opened.completeExceptionally(failure);
            } else {
                stream.over(made);
                opened.complete(stream);
            }
        }));
        return opened;
    }

    @Override
    public QuicStreamHandler streamOpened(QuicStream opened) {
        var stream = stream();
        stream.over(opened);
        in.pass(() -> stream.heardBy(handler().streamOpened(stream)));
        return stream;
    }

    @Override
    public void closed(String reason) {
        in.pass(() -> ended(reason));
    }

    private void ended(String reason) {
        if (isOver.compareAndSet(false, true)) {
            handler().closed(reason);
        }
    }

    @Override
    public void close(long code, String reason) {
        if (!isCut.getAsBoolean()) {
            real.close(code, reason);
            return;
        }
        goodbye.set(() -> real.close(code, reason));
        in.end();
        out.end();
        Thread.ofVirtual().name("macula-cut").start(() -> ended(reason));
        goOn(); // if it was healed meanwhile
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return real.remoteAddress();
    }

    @Override
    public byte[] listenerCertificateSha256() {
        return real.listenerCertificateSha256();
    }

    @Override
    public String provider() {
        return real.provider();
    }
}
