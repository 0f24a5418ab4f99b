package io.macula.actors.link;

import io.macula.actors.link.Links.Acceptor;
import io.macula.actors.link.Links.Acceptor.Admission;
import io.macula.actors.link.quic.QuicConnection;
import io.macula.actors.link.quic.QuicConnectionHandler;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Message;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One port that peers dial: bounds how many of them are in a handshake, and runs the listener's
/// end of each connection.
final class ListenPort {

    private static final Logger LOG = LoggerFactory.getLogger(ListenPort.class);

    private static final LinkListener NOBODY = new LinkListener() {
        @Override
        public void received(Link link, Message message) {}

        @Override
        public void writable(Link link, StreamClass stream) {}

        @Override
        public void closed(Link link, Disconnected reason) {}
    };

    private final LinkTable table;
    private final Supplier<Handshake.Self> self;
    private final Supplier<Bytes> nonces;
    private final Acceptor acceptor;
    private final AtomicInteger unfinished = new AtomicInteger();

    ListenPort(LinkTable table, Supplier<Handshake.Self> self, Supplier<Bytes> nonces,
            Acceptor acceptor) {
        this.table = table;
        this.self = self;
        this.nonces = nonces;
        this.acceptor = acceptor;
    }

    /// Somebody dialled. Beyond the bound a dialler is told so; beyond twice the bound its
    /// connection is closed without a word.
    QuicConnectionHandler accept(QuicConnection connection) {
        var now = unfinished.incrementAndGet();
        var most = table.config().unfinishedHandshakesMax();
        var end = new End(now > most);
        var session = new LinkSession(table, connection, end);
        end.timeout = table.after(table.config().handshakeTimeout(), session::timedOut);
        if (now > 2L * most) {
            session.closed("too many unfinished handshakes");
        }
        return session;
    }

    /// Tells every peer that came in here that the node goes.
    void closeLinks(Disconnected reason) {
        table.links()
                .stream()
                .filter(link -> link.cameIn(this))
                .forEach(link -> link.close(reason));
    }

    /// Handshakes that have not come to an end.
    int unfinished() {
        return unfinished.get();
    }

    private ListenerHandshake.Offer offer() {
        var config = table.config();
        Duration least = table.size() > config.crowdedLinks()
                ? config.crowdedHeartbeat()
                : config.heartbeat();
        return new ListenerHandshake.Offer(nonces.get(), least);
    }

    /// The listener's end of one connection.
    private final class End implements LinkSession.End {

        private final boolean tooMany;
        private volatile @Nullable Future<?> timeout;

        private End(boolean tooMany) {
            this.tooMany = tooMany;
        }

        @Override
        public HandshakeRun begin(LinkSession session) {
            var certificate = Bytes.of(session.connection().listenerCertificateSha256());
            return HandshakeRun.listening(ListenerHandshake.start(self.get(), certificate),
                    ListenPort.this::offer);
        }

        @Override
        public Optional<Disconnected> turnsAway() {
            return tooMany
                    ? Optional.of(Reason.LIMIT_REACHED.because("Too many nodes are"
                            + " connecting to this one at the same time; try again later."))
                    : Optional.empty();
        }

        @Override
        public Admission decide(QuicLink link) {
            var most = table.config().linksMax();
            return table.size() < most
                    ? admit(link)
                    : new Admission.Refuse(Reason.LIMIT_REACHED.because("This node holds " + most
                            + " links and takes no more now."));
        }

        private Admission admit(QuicLink link) {
            try {
                return acceptor.admit(link);
            } catch (RuntimeException bug) {
                LOG.atError()
                        .setCause(bug)
                        .addKeyValue("peer", link.peer().shortHex())
                        .log("nobody could decide on a link");
                return new Admission.Refuse(Reason.INTERNAL_ERROR.because(
                        "The listener failed while it decided on the link."));
            }
        }

        @Override
        public LinkListener listener() {
            return NOBODY;
        }

        @Override
        public ListenPort port() {
            return ListenPort.this;
        }

        @Override
        public void up(QuicLink link) {
            finished();
        }

        @Override
        public void failed(LinkSession.Failure failure) {
            finished();
        }

        private void finished() {
            unfinished.decrementAndGet();
            var running = timeout;
            if (running != null) {
                running.cancel(false);
            }
        }
    }
}
