package io.macula.actors.link;

import io.macula.actors.link.quic.QuicStreamHandler;
import io.macula.actors.wire.Decoded;
import io.macula.actors.wire.FrameReader;
import java.nio.ByteBuffer;

/// Turns the bytes of one stream into frames, for the handshake first and for the link after it.
final class LinkStream implements QuicStreamHandler {

    private final LinkSession session;
    private final StreamClass stream;
    private final FrameReader reader;

    LinkStream(LinkContext context, LinkSession session, StreamClass stream) {
        this.session = session;
        this.stream = stream;
        this.reader = new FrameReader(context.limits(), context.counters(), this::frame);
    }

    @Override
    public void received(ByteBuffer bytes) {
        var link = session.link();
        if (link == null) {
            session.early(stream);
        } else {
            link.heard(bytes.remaining());
        }
        if (!session.isOver()) {
            reader.push(bytes).ifPresent(session::unreadable);
        }
    }

    private void frame(Decoded decoded) {
        var link = session.link();
        if (link == null) {
            session.received(decoded);
        } else {
            link.received(decoded);
        }
    }

    @Override
    public void writable() {
        var link = session.link();
        if (link != null) {
            link.writable(stream);
        }
    }

    @Override
    public void closed() {
        session.streamEnded(stream);
    }
}
