package io.macula.actors.link;

import io.macula.actors.link.Handshake.Proved;
import io.macula.actors.link.quic.QuicConnection;
import io.macula.actors.link.quic.QuicStream;
import io.macula.actors.wire.Connect;
import io.macula.actors.wire.Decoded;
import io.macula.actors.wire.Disconnect;
import io.macula.actors.wire.FrameCodec;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.MessageType;
import io.macula.actors.wire.Ping;
import io.macula.actors.wire.Pong;
import io.macula.dht.NodeId;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A link over one QUIC connection whose peer has proved itself. Sending and receiving take no
/// lock: a message is encoded on the sender's thread and handed over on the transport's.
final class QuicLink implements Link {

    private static final Logger LOG = LoggerFactory.getLogger(QuicLink.class);
    private static final StreamClass[] CLASSES = StreamClass.values();
    private static final byte[] NOTHING = {};

    private final LinkContext context;
    private final QuicConnection connection;
    private final Proved peer;
    private final @Nullable ListenPort port;
    private final Speech speech;
    private final StreamSlot[] slots = new StreamSlot[CLASSES.length];
    private final AtomicLong heardNanos;
    private final AtomicLong sentNanos;
    private final AtomicLong usedNanos;
    private final AtomicLong roundTripNanos = new AtomicLong();
    private final LongAdder sentBytes = new LongAdder();
    private final LongAdder receivedBytes = new LongAdder();
    private final AtomicInteger malformed = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile @Nullable Disconnected ended;
    private volatile @Nullable LinkListener listener;
    private volatile boolean suspect;

    /// The ping that waits for its pong: when it was sent, and what it said.
    private volatile long pingNanos;
    private volatile long pingMillis;

    /// Only the thread that looks at all links touches it.
    private Liveness liveness;

    /// @param port
    ///            where the peer dialled in, null when this node dialled
    QuicLink(LinkContext context, QuicConnection connection, Proved peer,
            @Nullable ListenPort port, Speech speech) {
        this.context = context;
        this.connection = connection;
        this.peer = peer;
        this.port = port;
        this.speech = speech;
        this.liveness = port == null
                ? Liveness.every(peer.heartbeat())
                : Liveness.answering(peer.heartbeat());
        this.heardNanos = new AtomicLong(context.nanoTime());
        this.sentNanos = new AtomicLong(heardNanos.get());
        this.usedNanos = new AtomicLong(heardNanos.get());
        for (var i = 0; i < slots.length; i++) {
            slots[i] = new StreamSlot(context.config().queuedBytesMax());
        }
    }

    /// From now on `listener` hears the link.
    void heardBy(LinkListener hearer) {
        listener = hearer;
        tellOfEnd();
    }

    /// The stream of a class is there.
    ///
    /// @param greet
    ///            true when the far side has to be told of it by a first frame
    void attach(StreamClass stream, QuicStream opened, boolean greet) {
        if (slots[stream.ordinal()].attach(opened, greet ? FrameCodec.filler() : NOTHING)) {
            writable(stream);
        }
    }

    @Override
    public Sent send(Message message) {
        return send(message.type(),
                FrameCodec.encode(message, context.limits().payloadBytesMax()));
    }

    @Override
    public Sent send(OutFrame frame) {
        return send(frame.message().type(), frame.bytes(context.limits().payloadBytesMax()));
    }

    @Override
    public void pause(StreamClass stream) {
        slots[stream.ordinal()].pause();
    }

    @Override
    public void resume(StreamClass stream) {
        slots[stream.ordinal()].resume();
    }

    private Sent send(MessageType type, byte[] frame) {
        var stream = StreamClass.of(type);
        var sent = slots[stream.ordinal()].send(frame);
        if (sent == Sent.QUEUED) {
            var now = context.nanoTime();
            sentNanos.setOpaque(now);
            if (stream != StreamClass.CONTROL) {
                usedNanos.setOpaque(now);
            }
            sentBytes.add(frame.length);
            context.counters().sent(type, frame.length);
        }
        return sent;
    }

    /// Bytes came in on any stream.
    void heard(int bytes) {
        heardNanos.setOpaque(context.nanoTime());
        receivedBytes.add(bytes);
    }

    /// A frame came in.
    void received(Decoded decoded) {
        if (closed.get()) {
            return;
        }
        switch (decoded) {
            case Decoded.Ok(var message) -> received(message);
            case Decoded.UnknownType _ -> {
            }
            case Decoded.Malformed(_, var sentence) -> malformed(sentence);
        }
    }

    private void received(Message message) {
        switch (message) {
            case Ping(var millis) -> send(Pong.of(millis, context.millis()));
            case Pong pong -> pong(pong);
            case Disconnect said -> end(HandshakeFrames.fromWire(said), false);
            case Connect _ -> close(Reason.PROTOCOL_VIOLATION.because(
                    "A connect came on a link that is up."));
            default -> handOver(message);
        }
    }

    private void handOver(Message message) {
        var hearer = listener;
        if (hearer == null) {
            return;
        }
        if (StreamClass.of(message.type()) != StreamClass.CONTROL) {
            usedNanos.setOpaque(heardNanos.getOpaque());
        }
        try {
            hearer.received(this, message);
        } catch (RuntimeException bug) {
            LOG.atError()
                    .setCause(bug)
                    .addKeyValue("peer", peer.id().shortHex())
                    .addKeyValue("type", message.type().wireName())
                    .log("a listener failed on a message; the link goes on");
        }
    }

    private void pong(Pong pong) {
        var since = pingNanos;
        if (since != 0 && pong.timestampMillis() == pingMillis) {
            pingNanos = 0;
            roundTripNanos.setOpaque(context.nanoTime() - since);
        }
    }

    private void malformed(String sentence) {
        if (malformed.incrementAndGet() > context.config().malformedFramesMax()) {
            close(Reason.PROTOCOL_VIOLATION.because("Too many frames could not be read, the last"
                    + " one because: " + sentence + "."));
        }
    }

    /// Framing is lost on one stream: nothing that follows can be read.
    void unreadable(Decoded.Malformed why) {
        close(Reason.PROTOCOL_VIOLATION.because("A stream cannot be read any more: "
                + why.message() + "."));
    }

    /// A stream that had refused takes frames again.
    void writable(StreamClass stream) {
        var hearer = listener;
        if (hearer != null && !closed.get()) {
            hearer.writable(this, stream);
        }
    }

    /// Does what the time asks for; called by one thread only.
    ///
    /// @return when it has to be called again; empty when the link is closed
    OptionalLong look(long nowNanos, Liveness.Watch watch) {
        if (closed.get()) {
            return OptionalLong.empty();
        }
        var step = liveness.look(nowNanos, watch.heard(lastHeardNanos()), lastSentNanos());
        liveness = step.next();
        for (var effect : step.effects()) {
            switch (effect) {
                case SEND_PING -> ping(nowNanos);
                case SUSPECT -> suspect(true);
                case RECOVERED -> suspect(false);
                case SILENT -> close(Reason.SILENT.because("Nothing was heard for "
                        + 3 * heartbeat().toMillis() + " ms."));
            }
        }
        return OptionalLong.of(liveness.dueNanos(lastHeardNanos(), lastSentNanos()));
    }

    private void ping(long nowNanos) {
        var millis = context.millis();
        pingMillis = millis;
        pingNanos = nowNanos == 0 ? 1 : nowNanos;
        send(new Ping(millis));
    }

    private void suspect(boolean now) {
        suspect = now;
        LOG.atDebug()
                .addKeyValue("peer", peer.id().shortHex())
                .addKeyValue("suspect", now)
                .log("link in doubt");
        var hearer = listener;
        if (hearer != null && !closed.get()) {
            hearer.suspected(this, now);
        }
    }

    @Override
    public void close(Disconnected reason) {
        if (!closed.get()) {
            var told = send(HandshakeFrames.toWire(reason)) == Sent.QUEUED;
            end(reason, told);
        }
    }

    /// The connection or one of its streams broke.
    void lost(String why) {
        end(Reason.LOST.because("The connection ended without a word: " + why + "."), false);
    }

    /// @param told
    ///            true when the peer was told the reason and closes the connection itself
    private void end(Disconnected reason, boolean told) {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        for (var slot : slots) {
            slot.close();
        }
        if (told) {
            context.leave(connection, reason.code());
        } else {
            connection.close(0, reason.code());
        }
        context.ended(this);
        LOG.atInfo()
                .addKeyValue("peer", peer.id().shortHex())
                .addKeyValue("code", reason.code())
                .log("link closed");
        ended = reason;
        tellOfEnd();
    }

    /// Once there is both a listener and an end, whichever came last: a link may be closed while it
    /// is still decided who hears it.
    private void tellOfEnd() {
        var hearer = listener;
        var reason = ended;
        if (hearer != null && reason != null && told.compareAndSet(false, true)) {
            hearer.closed(this, reason);
        }
    }

    /// True when the peer dialled in there.
    boolean cameIn(ListenPort there) {
        return port == there;
    }

    @Override
    public boolean isClosed() {
        return closed.get();
    }

    @Override
    public NodeId peer() {
        return peer.id();
    }

    @Override
    public String peerEndpoint() {
        return peer.endpoint();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return connection.remoteAddress();
    }

    @Override
    public boolean isDialler() {
        return port == null;
    }

    @Override
    public Duration heartbeat() {
        return peer.heartbeat();
    }

    @Override
    public String provider() {
        return connection.provider();
    }

    @Override
    public boolean takesDeliveries() {
        return speech.deliveries();
    }

    @Override
    public boolean takesAsks() {
        return speech.asks();
    }

    @Override
    public boolean isSuspect() {
        return suspect;
    }

    @Override
    public long lastHeardNanos() {
        return heardNanos.getOpaque();
    }

    @Override
    public long lastSentNanos() {
        return sentNanos.getOpaque();
    }

    @Override
    public long lastUsedNanos() {
        return usedNanos.getOpaque();
    }

    @Override
    public long sentBytes() {
        return sentBytes.sum();
    }

    @Override
    public long receivedBytes() {
        return receivedBytes.sum();
    }

    @Override
    public Duration roundTrip() {
        return Duration.ofNanos(roundTripNanos.getOpaque());
    }

    @Override
    public String toString() {
        return "link to " + peer.id().shortHex() + " at " + remoteAddress();
    }
}
