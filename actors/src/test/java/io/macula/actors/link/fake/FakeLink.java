package io.macula.actors.link.fake;

import io.macula.actors.link.Disconnected;
import io.macula.actors.link.Link;
import io.macula.actors.link.LinkListener;
import io.macula.actors.link.OutFrame;
import io.macula.actors.link.StreamClass;
import io.macula.actors.wire.FrameCodec;
import io.macula.actors.wire.Message;
import io.macula.dht.NodeId;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A link that goes nowhere and remembers what was sent. It can be made full, short of room for
/// long frames, or closed.
public final class FakeLink implements Link {

    private final NodeId peer;
    private final List<Message> sent = new CopyOnWriteArrayList<>();
    private final List<Disconnected> closedWith = new CopyOnWriteArrayList<>();
    private final Set<StreamClass> paused = ConcurrentHashMap.newKeySet();
    private volatile long usedNanos = System.nanoTime();
    private volatile boolean takesDeliveries;
    private volatile boolean takesAsks;
    private volatile boolean isFull;
    private volatile int payloadBytesMax = 1 << 20;
    private volatile String endpoint = "";
    private volatile boolean isDialler = true;
    private volatile boolean isSuspect;
    private volatile Duration roundTrip = Duration.ZERO;
    private volatile @Nullable LinkListener listener;

    public FakeLink(NodeId peer) {
        this.peer = peer;
    }

    /// A link whose closing `hearer` is told.
    public FakeLink heardBy(LinkListener hearer) {
        listener = hearer;
        return this;
    }

    public FakeLink listeningAt(String where) {
        endpoint = where;
        return this;
    }

    /// The far side dialled.
    public FakeLink accepted() {
        isDialler = false;
        return this;
    }

    public void setSuspect(boolean suspect) {
        isSuspect = suspect;
    }

    public void setRoundTrip(Duration measured) {
        roundTrip = measured;
    }

    /// The far side reads short frames.
    public void setTakesDeliveries(boolean takes) {
        takesDeliveries = takes;
    }

    @Override
    public boolean takesDeliveries() {
        return takesDeliveries;
    }

    /// The far side reads short calls.
    public void setTakesAsks(boolean takes) {
        takesAsks = takes;
    }

    @Override
    public boolean takesAsks() {
        return takesAsks;
    }

    public void setFull(boolean full) {
        isFull = full;
    }

    public void setPayloadBytesMax(int bytes) {
        payloadBytesMax = bytes;
    }

    /// Something passes over it.
    public void isUsed() {
        usedNanos = System.nanoTime();
    }

    /// The peer says something.
    public void receives(Message message) {
        var hearer = listener;
        if (hearer != null) {
            hearer.received(this, message);
        }
    }

    /// The far side ends the link.
    public void isLost() {
        close(new Disconnected("lost", "the connection ended without a word"));
    }

    /// Everything that was taken, in order.
    public List<Message> sent() {
        return sent;
    }

    /// What was taken of one kind.
    public <M extends Message> List<M> sent(Class<M> kind) {
        return sent.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Override
    public boolean isClosed() {
        return !closedWith.isEmpty();
    }

    /// The code it was closed with, empty while it is open.
    public String closeCode() {
        return closedWith.isEmpty() ? "" : closedWith.getFirst().code();
    }

    @Override
    public Sent send(Message message) {
        FrameCodec.encode(message, payloadBytesMax);
        if (isClosed()) {
            return Sent.CLOSED;
        }
        if (isFull) {
            return Sent.FULL;
        }
        sent.add(message);
        usedNanos = System.nanoTime();
        return Sent.QUEUED;
    }

    @Override
    public Sent send(OutFrame frame) {
        return send(frame.message());
    }

    @Override
    public void pause(StreamClass stream) {
        paused.add(stream);
    }

    @Override
    public void resume(StreamClass stream) {
        paused.remove(stream);
    }

    /// What is not read at the moment.
    public Set<StreamClass> paused() {
        return Set.copyOf(paused);
    }

    @Override
    public synchronized void close(Disconnected reason) {
        if (isClosed()) {
            return;
        }
        closedWith.add(reason);
        var hearer = listener;
        if (hearer != null) {
            hearer.closed(this, reason);
        }
    }

    @Override
    public NodeId peer() {
        return peer;
    }

    @Override
    public String peerEndpoint() {
        return endpoint;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return InetSocketAddress.createUnresolved("peer.test", 9443);
    }

    @Override
    public boolean isDialler() {
        return isDialler;
    }

    @Override
    public boolean isSuspect() {
        return isSuspect;
    }

    @Override
    public Duration heartbeat() {
        return Duration.ofSeconds(1);
    }

    @Override
    public String provider() {
        return "fake";
    }

    @Override
    public long lastHeardNanos() {
        return 0;
    }

    @Override
    public long lastSentNanos() {
        return 0;
    }

    @Override
    public long lastUsedNanos() {
        return usedNanos;
    }

    @Override
    public Duration roundTrip() {
        return roundTrip;
    }

    @Override
    public String toString() {
        return "fake link to " + peer.shortHex();
    }
}
