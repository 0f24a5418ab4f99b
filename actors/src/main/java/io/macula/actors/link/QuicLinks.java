package io.macula.actors.link;

import io.macula.actors.identity.KnownPeers;
import io.macula.actors.identity.NodeKey;
import io.macula.actors.identity.Realm;
import io.macula.actors.link.DiallerHandshake.Expected;
import io.macula.actors.link.quic.ListenerCertificate;
import io.macula.actors.link.quic.QuicListener;
import io.macula.actors.link.quic.QuicProvider;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.WireCounters;
import io.macula.actors.wire.WireLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Links over a QUIC provider, which belongs to this object and is closed with it. Files and names
/// are looked up on virtual threads; one timer thread drives the heartbeats of all links.
public final class QuicLinks implements Links {

    /// Who this node is to its peers.
    ///
    /// @param certificate
    ///            what its listeners show
    /// @param endpoint
    ///            where it says that it listens, empty when it does not; at most 128 characters.
    ///            Asked at each handshake, because a port that is left open is known only once
    ///            it is bound
    /// @param knownPeers
    ///            the memory of first contacts; null remembers nobody
    public record Self(NodeKey key, ListenerCertificate certificate, Realm realm,
            Supplier<String> endpoint, @Nullable KnownPeers knownPeers) {

        Handshake.Self said() {
            var where = endpoint.get();
            if (where.length() > Handshake.ENDPOINT_BYTES_MAX / 4) {
                throw new IllegalArgumentException("an endpoint has at most "
                        + Handshake.ENDPOINT_BYTES_MAX / 4 + " characters");
            }
            return new Handshake.Self(key, realm, where);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(QuicLinks.class);
    static final Disconnected GOING = Reason.NORMAL.because("The node shuts down.");

    private final Self self;
    private final QuicProvider provider;
    private final LinkTable table;
    private final SecureRandom random = new SecureRandom();
    private final AtomicBoolean closed;

    private QuicLinks(Self self, QuicProvider provider, LinkTable table, AtomicBoolean closed) {
        this.self = self;
        this.provider = provider;
        this.table = table;
        this.closed = closed;
    }

    /// Links of `self` over `provider`. `limits` bounds what peers may send, `counters` counts the
    /// frames of all links.
    public static QuicLinks create(Self self, QuicProvider provider, LinkConfig config,
            WireLimits limits, WireCounters counters) {
        var table = new LinkTable(config, limits, counters);
        table.start();
        return new QuicLinks(self, provider, table, new AtomicBoolean());
    }

    /// Links of another node over the same provider and timer: thousands of nodes may share a process
    /// and its sockets. Closing either closes both.
    public QuicLinks as(Self other) {
        return new QuicLinks(other, provider, table, closed);
    }

    @Override
    public CompletionStage<Dialled> dial(PeerAddress address, LinkListener listener) {
        var result = new CompletableFuture<Dialled>();
        if (closed.get()) {
            result.complete(new Dialled.Unreachable("This node shuts down and dials nobody."));
            return result;
        }
        Thread.ofVirtual().name("macula-dial").start(() -> {
            try {
                lookUpAndDial(address, listener, result);
            } catch (RuntimeException bug) {
                LOG.atError().setCause(bug).addKeyValue("address", address).log("a dial failed");
                result.complete(new Dialled.Unreachable("Dialling " + address.hostPort()
                        + " failed within this node: " + bug + "."));
            }
        });
        return result;
    }

    private void lookUpAndDial(PeerAddress address, LinkListener listener,
            CompletableFuture<Dialled> result) {
        InetAddress host;
        try {
            host = InetAddress.getByName(address.host());
        } catch (UnknownHostException unknown) {
            result.complete(new Dialled.Unreachable("The host " + address.host()
                    + " has no known address; check its name."));
            return;
        }
        var remote = new InetSocketAddress(host, address.port());
        var known = self.knownPeers();
        if (address.id() != null) {
            dial(remote, address, new Expected.Addressed(address.id()), listener, result);
        } else if (known == null) {
            dial(remote, address, new Expected.Anyone(), listener, result);
        } else {
            dialKnown(remote, address, known, listener, result);
        }
    }

    private void dialKnown(InetSocketAddress remote, PeerAddress address, KnownPeers known,
            LinkListener listener, CompletableFuture<Dialled> result) {
        var hostPort = address.hostPort();
        switch (known.at(hostPort)) {
            case KnownPeers.Known.Unreadable(var message) -> result.complete(
                    new Dialled.Refused(Reason.KNOWN_PEERS_UNREADABLE.because(message)));
            case KnownPeers.Known.Peer(var id) -> dial(remote, address, new Expected.Remembered(id,
                    proved -> known.changed(hostPort, id, proved)), listener, result);
            case KnownPeers.Known.Stranger() -> {
                dial(remote, address, new Expected.Anyone(), listener, result);
                result.thenAccept(dialled -> remember(dialled, hostPort, known));
            }
        }
    }

    /// Keeps who was met at a first contact. Should another dial have met somebody else there at
    /// the same time, the second link is closed.
    private static void remember(Dialled dialled, String hostPort, KnownPeers known) {
        if (!(dialled instanceof Dialled.Up(var link))) {
            return;
        }
        Thread.ofVirtual().name("macula-known-peers").start(() -> {
            switch (known.remember(hostPort, link.peer())) {
                case KnownPeers.Remembered.Kept() -> {
                }
                case KnownPeers.Remembered.Changed(_, var message) -> link.close(
                        Reason.IDENTITY_CHANGED.because(message));
                case KnownPeers.Remembered.NotKept(var message) -> LOG.atWarn()
                        .addKeyValue("peer", link.peer().shortHex())
                        .addKeyValue("why", message)
                        .log("a peer is not remembered");
            }
        });
    }

    private void dial(InetSocketAddress remote, PeerAddress address, Expected expected,
            LinkListener listener, CompletableFuture<Dialled> result) {
        var end = new DialEnd(table, self.said(), expected, nonce(), listener, result);
        var session = new AtomicReference<@Nullable LinkSession>();
        provider.dial(remote, table.config().dialTimeout(), connection -> {
            var made = new LinkSession(table, connection, end);
            session.set(made);
            return made;
        }).whenComplete((connection, failure) -> {
            var made = session.get();
            if (failure != null || made == null) {
                result.complete(new Dialled.Unreachable("Nobody could be reached at "
                        + address.hostPort() + ": " + why(failure) + "."));
            } else {
                made.dialled();
            }
        });
    }

    @Override
    public CompletionStage<Bound> listen(InetSocketAddress local, Acceptor acceptor) {
        var address = local.getAddress();
        var refused = address == null
                ? "The address " + local.getHostString() + " to listen on is not known."
                : self.realm().refusesToBind(address).orElse(null);
        if (refused != null || closed.get()) {
            return CompletableFuture.completedFuture(new Bound.Failed(
                    refused == null ? "This node shuts down and listens no more." : refused));
        }
        var port = new ListenPort(table, self::said, this::nonce, acceptor);
        return provider.listen(local, self.certificate(), port::accept)
                .handle((bound, failure) -> bound == null
                        ? new Bound.Failed(sentence(why(failure)))
                        : new Bound.Listening(bound.localAddress(), () -> close(port, bound)));
    }

    private void close(ListenPort port, QuicListener bound) {
        port.closeLinks(GOING);
        table.awaitLeft();
        bound.close();
    }

    private static String sentence(String why) {
        return Character.toUpperCase(why.charAt(0)) + why.substring(1) + ".";
    }

    private static String why(@Nullable Throwable failure) {
        var cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        var text = cause == null
                ? "it ended at once"
                : cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private Bytes nonce() {
        var bytes = new byte[Handshake.NONCE_BYTES];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    /// Tells every peer and gives them a second at most to take their leave; not to be called on a
    /// transport thread.
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            table.closing().forEach(link -> link.close(GOING));
            table.awaitLeft();
            table.close();
            provider.close();
        }
    }
}
