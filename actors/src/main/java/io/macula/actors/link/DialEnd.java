package io.macula.actors.link;

import io.macula.actors.link.DiallerHandshake.Expected;
import io.macula.actors.link.Links.Acceptor.Admission;
import io.macula.actors.link.Links.Dialled;
import io.macula.actors.wire.Bytes;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// The dialler's end of one connection.
final class DialEnd implements LinkSession.End {

    private final LinkTable table;
    private final Handshake.Self self;
    private final Expected expected;
    private final Bytes nonce;
    private final LinkListener listener;
    private final CompletableFuture<Dialled> result;
    private volatile @Nullable Future<?> timeout;

    DialEnd(LinkTable table, Handshake.Self self, Expected expected, Bytes nonce,
            LinkListener listener, CompletableFuture<Dialled> result) {
        this.table = table;
        this.self = self;
        this.expected = expected;
        this.nonce = nonce;
        this.listener = listener;
        this.result = result;
    }

    @Override
    public HandshakeRun begin(LinkSession session) {
        timeout = table.after(table.config().handshakeTimeout(), session::timedOut);
        var certificate = Bytes.of(session.connection().listenerCertificateSha256());
        return HandshakeRun.dialling(DiallerHandshake.start(self, expected, certificate, nonce,
                table.config().heartbeat()));
    }

    @Override
    public Optional<Disconnected> turnsAway() {
        return Optional.empty();
    }

    @Override
    public Admission decide(QuicLink link) {
        return new Admission.Refuse(Handshake.violated("a dialler is asked for nothing"));
    }

    @Override
    public LinkListener listener() {
        return listener;
    }

    @Override
    public @Nullable ListenPort port() {
        return null;
    }

    @Override
    public void up(QuicLink link) {
        cancelTimeout();
        result.complete(new Dialled.Up(link));
        if (!table.add(link)) {
            link.close(QuicLinks.GOING);
        }
    }

    @Override
    public void failed(LinkSession.Failure failure) {
        cancelTimeout();
        result.complete(switch (failure) {
            case LinkSession.Failure.Broken(var message) -> new Dialled.Unreachable(message);
            case LinkSession.Failure.Refused(var reason) -> Reason.HANDSHAKE_TIMEOUT.is(reason)
                    ? new Dialled.Unreachable(reason.message())
                    : new Dialled.Refused(reason);
        });
    }

    private void cancelTimeout() {
        var running = timeout;
        if (running != null) {
            running.cancel(false);
        }
    }
}
