package io.macula.actors.link;

import io.macula.actors.link.Handshake.Effect;
import io.macula.actors.link.Handshake.Proved;
import io.macula.actors.link.Links.Acceptor.Admission;
import io.macula.actors.link.quic.QuicConnection;
import io.macula.actors.link.quic.QuicConnectionHandler;
import io.macula.actors.link.quic.QuicStream;
import io.macula.actors.link.quic.QuicStreamHandler;
import io.macula.actors.wire.Decoded;
import io.macula.actors.wire.FrameCodec;
import io.macula.actors.wire.Pong;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One QUIC connection from its first byte: carries out what the handshake decides, and becomes a
/// link when both sides accepted. What differs between the two ends stands behind [End].
final class LinkSession implements QuicConnectionHandler {

    /// What one end of a connection does in its own way.
    interface End {

        /// The handshake of this end; `control` is the stream it runs on.
        HandshakeRun begin(LinkSession session);

        /// Why nobody is let in through here now; empty when the handshake may go on.
        Optional<Disconnected> turnsAway();

        /// Decides on a proved peer; only a listener is asked.
        Admission decide(QuicLink link);

        /// Who hears the link of a dialler.
        LinkListener listener();

        /// The port the connection came in through; null for a dialler.
        @Nullable
        ListenPort port();

        /// The link is up.
        void up(QuicLink link);

        /// The handshake came to nothing.
        void failed(Failure failure);
    }

    /// Why a handshake came to nothing.
    sealed interface Failure {
        record Refused(Disconnected reason) implements Failure {}

        record Broken(String message) implements Failure {}
    }

    private final LinkContext context;
    private final QuicConnection connection;
    private final End end;
    private final AtomicBoolean settled = new AtomicBoolean();
    private volatile @Nullable QuicStream control;
    private volatile @Nullable HandshakeRun run;
    private volatile @Nullable QuicLink link;
    private volatile @Nullable QuicLink admitted;
    private volatile Speech speech = Speech.PLAIN;
    private volatile boolean over;
    private volatile boolean asked;

    LinkSession(LinkContext context, QuicConnection connection, End end) {
        this.context = context;
        this.connection = connection;
        this.end = end;
    }

    /// The link, once the peer has proved itself and was accepted here.
    @Nullable
    QuicLink link() {
        return link;
    }

    QuicConnection connection() {
        return connection;
    }

    /// True when nothing that comes in is read any more.
    boolean isOver() {
        return over;
    }

    /// Opens the control stream; the dialler's first step.
    void dialled() {
        connection.openStream(new LinkStream(context, this, StreamClass.CONTROL))
                .whenComplete((opened, failure) -> {
                    if (opened == null) {
                        closed("the control stream could not be opened");
                    } else {
                        begin(opened);
                    }
                });
    }

    @Override
    public QuicStreamHandler streamOpened(QuicStream opened) {
        var stream = classOf(opened);
        if (stream == null || end.port() == null) {
            violated("a stream was opened that has no place in a link");
            return new LinkStream(context, this, StreamClass.BULK);
        }
        var reader = new LinkStream(context, this, stream);
        var up = link;
        if (stream == StreamClass.CONTROL) {
            begin(opened);
        } else if (up != null) {
            up.attach(stream, opened, false);
        } else {
            violated("a stream was opened before the link was accepted");
        }
        return reader;
    }

    private static @Nullable StreamClass classOf(QuicStream stream) {
        var id = stream.id();
        return id >= 0 && id % 4 == 0 && id / 4 < StreamClass.values().length
                ? StreamClass.ofStreamId(id)
                : null;
    }

    private void begin(QuicStream opened) {
        control = opened;
        var running = end.begin(this);
        run = running;
        perform(end.turnsAway().map(running::refused).orElseGet(running::begun));
    }

    /// Bytes came on a stream before there is a link: only the handshake's stream may speak.
    void early(StreamClass stream) {
        if (stream != StreamClass.CONTROL || run == null) {
            violated("bytes came before the link was accepted");
        }
    }

    /// A frame came before there is a link.
    void received(Decoded decoded) {
        var running = run;
        if (over || running == null) {
            return;
        }
        switch (decoded) {
            case Decoded.Ok(Pong _) when isOvertaken() -> settle(new Failure.Broken(
                    "Another dial to the same peer has come further."), false);
            case Decoded.Ok(var message) -> {
                speech = speech.or(Speech.of(HandshakeFrames.capabilities(message)));
                perform(running.received(HandshakeFrames.fromWire(message)));
            }
            case Decoded.UnknownType(var id) -> violated("a frame of the unknown type " + id
                    + " came before the link was accepted");
            case Decoded.Malformed(_, var sentence) -> violated(sentence);
        }
    }

    /// At the dialler, once: whether this dial is not to go on.
    private boolean isOvertaken() {
        if (end.port() != null || asked) {
            return false;
        }
        asked = true;
        return !end.listener().mayProve();
    }

    /// The frames of one stream cannot be told apart any more.
    void unreadable(Decoded.Malformed why) {
        var up = link;
        if (up == null) {
            violated(why.message());
        } else {
            up.unreadable(why);
        }
        over = true;
    }

    /// The time for the handshake is over.
    void timedOut() {
        var running = run;
        if (running != null) {
            perform(running.timedOut());
        } else {
            refuse(Handshake.timedOutReason());
        }
    }

    /// Carries out what the handshake decided.
    void perform(List<Effect> effects) {
        for (var effect : effects) {
            switch (effect) {
                case Effect.Send(var message) -> say(message);
                case Effect.Ask(var peer) -> ask(peer);
                case Effect.Establish(var peer) -> establish(peer);
                case Effect.Refuse(var reason) -> refuse(reason);
                case Effect.GiveUp(var reason) -> settle(new Failure.Refused(reason), false);
            }
        }
    }

    private void say(HandshakeMessage message) {
        var stream = control;
        if (stream != null) {
            var wire = HandshakeFrames.toWire(message, context.millis());
            var frame = FrameCodec.encode(wire);
            stream.write(frame);
            context.counters().sent(wire.type(), frame.length);
        }
    }

    private void ask(Proved peer) {
        var running = run;
        if (running == null) {
            return;
        }
        var candidate = new QuicLink(context, connection, peer, end.port(),
                speech);
        switch (end.decide(candidate)) {
            case Admission.Refuse(var reason) -> perform(running.refused(reason));
            case Admission.Admit(var listener) -> {
                candidate.heardBy(listener);
                admitted = candidate;
                // The dialler may open its streams as soon as it reads our acceptance, and this node
                // may close as soon: a link that is promised is a link that is told of the end.
                link = candidate;
                perform(context.add(candidate)
                        ? running.admitted()
                        : running.refused(QuicLinks.GOING));
                if (over) {
                    candidate.lost("the handshake was over before the link was admitted");
                }
            }
        }
    }

    private void establish(Proved peer) {
        var stream = control;
        if (stream == null || !settled.compareAndSet(false, true)) {
            return;
        }
        var up = admitted;
        if (up == null) {
            up = new QuicLink(context, connection, peer, null, speech);
            up.heardBy(end.listener());
            link = up;
        }
        end.up(up);
        up.attach(StreamClass.CONTROL, stream, false);
        if (end.port() == null) {
            openStreams(up);
        }
    }

    /// Opens the streams of the other classes; a first frame on each tells the listener of it.
    private void openStreams(QuicLink up) {
        for (var stream : List.of(StreamClass.CALL, StreamClass.PUBLISH, StreamClass.BULK)) {
            connection.openStream(new LinkStream(context, this, stream))
                    .whenComplete((opened, failure) -> {
                        if (opened == null) {
                            up.lost("a stream could not be opened");
                        } else {
                            up.attach(stream, opened, true);
                        }
                    });
        }
    }

    private void violated(String what) {
        var up = link;
        if (up == null) {
            refuse(Handshake.violated(what));
        } else {
            up.close(Handshake.violated(what));
        }
    }

    /// Says why, and closes.
    private void refuse(Disconnected reason) {
        if (!settled.get()) {
            say(new HandshakeMessage.Disconnect(reason));
        }
        settle(new Failure.Refused(reason), control != null);
    }

    /// @param told
    ///            true when the far side was told the reason and closes the connection itself
    private void settle(Failure failure, boolean told) {
        over = true;
        if (!settled.compareAndSet(false, true)) {
            return;
        }
        var reason = switch (failure) {
            case Failure.Refused(var refused) -> refused;
            case Failure.Broken(var message) -> Reason.LOST.because(message);
        };
        if (told) {
            context.leave(connection, reason.code());
        } else {
            connection.close(0, reason.code());
        }
        var waiting = admitted;
        if (waiting != null) {
            waiting.close(reason);
        }
        end.failed(failure);
    }

    /// One stream ended while the connection may live on; a link needs all of them.
    void streamEnded(StreamClass stream) {
        context.soon(() -> closed("its " + stream.name().toLowerCase(Locale.ROOT)
                + " stream ended"));
    }

    @Override
    public void closed(String reason) {
        context.left(connection);
        var up = link;
        if (up != null) {
            up.lost(reason);
        }
        settle(new Failure.Broken("The connection ended during the handshake: " + reason + "."),
                false);
    }
}
