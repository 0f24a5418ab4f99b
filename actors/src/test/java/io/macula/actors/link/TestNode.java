package io.macula.actors.link;

import io.macula.actors.identity.KnownPeers;
import io.macula.actors.identity.NodeCertificate;
import io.macula.actors.identity.NodeKey;
import io.macula.actors.identity.Realm;
import io.macula.actors.link.quic.QuicProvider;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.WireCounters;
import io.macula.actors.wire.WireLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A node of a test: a key, its links, and a record of everything they hear.
final class TestNode implements AutoCloseable {

    /// What one link heard.
    static final class Heard implements LinkListener {
        final List<Message> messages = new CopyOnWriteArrayList<>();
        final List<StreamClass> writable = new CopyOnWriteArrayList<>();
        final List<Disconnected> closed = new CopyOnWriteArrayList<>();
        final List<Boolean> suspected = new CopyOnWriteArrayList<>();

        @Override
        public void received(Link link, Message message) {
            messages.add(message);
        }

        @Override
        public void writable(Link link, StreamClass stream) {
            writable.add(stream);
        }

        @Override
        public void suspected(Link link, boolean suspect) {
            suspected.add(suspect);
        }

        @Override
        public void closed(Link link, Disconnected reason) {
            closed.add(reason);
        }
    }

    /// A builder of nodes, so that a test names only what it is about.
    static final class Plan {
        NodeKey key = NodeKey.generate();
        Realm realm = Realm.open("lab");
        String endpoint = "";
        @Nullable KnownPeers known;
        LinkConfig config = LinkConfig.DEFAULT;
        WireLimits limits = WireLimits.DEFAULT;

        TestNode on(QuicProvider provider) {
            return new TestNode(this, provider);
        }
    }

    final NodeKey key;
    final WireCounters counters = new WireCounters();
    final QuicLinks links;
    final List<Link> accepted = new CopyOnWriteArrayList<>();
    final List<Heard> heardByAccepted = new CopyOnWriteArrayList<>();
    volatile @Nullable Disconnected refuses;

    private TestNode(Plan plan, QuicProvider provider) {
        key = plan.key;
        var certificate = NodeCertificate.issue(key.id(), Instant.now());
        links = QuicLinks.create(new QuicLinks.Self(key, certificate, plan.realm,
                () -> plan.endpoint,
                plan.known), provider, plan.config, plan.limits, counters);
    }

    /// Listens on loopback and takes everybody, unless [#refuses] says otherwise.
    Links.Bound listen(int port) {
        var local = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return join(links.listen(local, link -> {
            var reason = refuses;
            if (reason != null) {
                return new Links.Acceptor.Admission.Refuse(reason);
            }
            var heard = new Heard();
            accepted.add(link);
            heardByAccepted.add(heard);
            return new Links.Acceptor.Admission.Admit(heard);
        }));
    }

    /// Listens on a free port.
    int listen() {
        return ((Links.Bound.Listening) listen(0)).local().getPort();
    }

    static PeerAddress at(int port) {
        return new PeerAddress(null, "127.0.0.1", port);
    }

    static <T> T join(java.util.concurrent.CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        links.close();
    }
}
