package io.macula.actors.link.fake;

import io.macula.actors.link.Disconnected;
import io.macula.actors.link.LinkListener;
import io.macula.actors.link.Links;
import io.macula.actors.link.PeerAddress;
import io.macula.dht.NodeId;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Links whose dials and binds end when and how the test says.
public final class FakeLinks implements Links {

    /// A dial under way.
    public static final class Dial {

        private final PeerAddress address;
        private final LinkListener listener;
        private final CompletableFuture<Dialled> result = new CompletableFuture<>();

        private Dial(PeerAddress address, LinkListener listener) {
            this.address = address;
            this.listener = listener;
        }

        public PeerAddress address() {
            return address;
        }

        /// Who will hear the link.
        public LinkListener listener() {
            return listener;
        }

        /// A link that has come up, but nobody has been told of it yet.
        public FakeLink link(NodeId peer) {
            return new FakeLink(peer).heardBy(listener);
        }

        public FakeLink comesThrough(NodeId peer) {
            var link = link(peer);
            comesThrough(link);
            return link;
        }

        public void comesThrough(FakeLink link) {
            result.complete(new Dialled.Up(link));
        }

        public void isRefused(String code) {
            result.complete(new Dialled.Refused(new Disconnected(code, "refused in a test")));
        }

        public void fails() {
            result.complete(new Dialled.Unreachable("nobody answers in a test"));
        }
    }

    /// A bind under way.
    public static final class Listen {

        private final InetSocketAddress address;
        private final Acceptor acceptor;
        private final CompletableFuture<Bound> result = new CompletableFuture<>();
        private final AtomicInteger closes = new AtomicInteger();

        private Listen(InetSocketAddress address, Acceptor acceptor) {
            this.address = address;
            this.acceptor = acceptor;
        }

        public InetSocketAddress address() {
            return address;
        }

        public Acceptor acceptor() {
            return acceptor;
        }

        public void succeedsAt(InetSocketAddress local) {
            result.complete(new Bound.Listening(local, closes::incrementAndGet));
        }

        public void fails(String sentence) {
            result.complete(new Bound.Failed(sentence));
        }

        public boolean isClosed() {
            return closes.get() > 0;
        }
    }

    private final List<Dial> dials = new CopyOnWriteArrayList<>();
    private final List<Listen> listens = new CopyOnWriteArrayList<>();

    public List<Dial> dials() {
        return dials;
    }

    public List<Listen> listens() {
        return listens;
    }

    @Override
    public CompletionStage<Dialled> dial(PeerAddress address, LinkListener listener) {
        var dial = new Dial(address, listener);
        dials.add(dial);
        return dial.result;
    }

    @Override
    public CompletionStage<Bound> listen(InetSocketAddress local, Acceptor acceptor) {
        var listen = new Listen(local, acceptor);
        listens.add(listen);
        return listen.result;
    }

    @Override
    public void close() {}
}
