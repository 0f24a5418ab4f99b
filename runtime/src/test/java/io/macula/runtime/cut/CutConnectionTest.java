package io.macula.runtime.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.macula.actors.link.quic.QuicConnection;
import io.macula.actors.link.quic.QuicConnectionHandler;
import io.macula.actors.link.quic.QuicStream;
import io.macula.actors.link.quic.QuicStreamHandler;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What gets through a connection that is cut and healed.
class CutConnectionTest {

    private final AtomicBoolean isCut = new AtomicBoolean();
    private final FarSide far = new FarSide();
    private final Hearer hearer = new Hearer();
    private final AtomicBoolean isDead = new AtomicBoolean();
    private final CutConnection connection = new CutConnection(far, isCut::get, isDead::get)
            .heardBy(hearer);
    private QuicStream stream = far;

    @BeforeEach
    void open() {
        stream = connection.openStream(hearer).toCompletableFuture().join();
    }

    private void heal() {
        isCut.set(false);
        connection.goOn();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void everythingPassesWhileItIsWhole() {
        stream.write(bytes("ping"));
        far.says("pong");

        assertThat(far.heard).containsExactly("ping");
        assertThat(hearer.heard).containsExactly("pong");
    }

    @Test
    void nothingPassesACutAndAllOfItArrivesInItsOrderAfterTheHeal() {
        isCut.set(true);
        assertThat(stream.write(bytes("one"))).isEqualTo(QuicStream.Offer.QUEUED);
        far.says("eins");
        stream.write(bytes("two"));
        far.says("zwei");
        assertThat(far.heard).isEmpty();
        assertThat(hearer.heard).isEmpty();

        heal();
        stream.write(bytes("three"));

        assertThat(far.heard).containsExactly("one", "two", "three");
        assertThat(hearer.heard).containsExactly("eins", "zwei");
    }

    @Test
    void whatWaitsIsBoundedAndTheSenderHearsWhenItHasGone() {
        isCut.set(true);
        stream.write(new byte[CutStream.HELD_BYTES_MAX]);

        assertThat(stream.write(bytes("more"))).isEqualTo(QuicStream.Offer.FULL);
        heal();

        assertThat(hearer.heard).containsExactly("writable");
        assertThat(stream.queuedBytes()).isZero();
    }

    @Test
    void quicThatTakesNoMoreIsAskedAgainWhenItDoes() {
        isCut.set(true);
        stream.write(bytes("one"));
        stream.write(bytes("two"));
        far.takes = 1;
        heal();
        assertThat(far.heard).containsExactly("one");

        far.takes = 10;
        Objects.requireNonNull(far.handler).writable();

        assertThat(far.heard).containsExactly("one", "two");
    }

    @Test
    void theStreamBelowIsReadOrNotAsThisOneIs() {
        stream.pause();
        stream.resume();

        assertThat(far.heard).containsExactly("paused", "resumed");
    }

    @Test
    void theEndOfTheFarSideIsNotHeardThroughACut() {
        isCut.set(true);
        connection.closed("gone");
        assertThat(hearer.heard).isEmpty();

        heal();

        assertThat(hearer.heard).containsExactly("closed: gone");
    }

    @Test
    void whoClosesACutConnectionIsToldSoOnceAndTheFarSideOnlyAfterTheHeal() {
        isCut.set(true);
        far.says("lost");
        connection.close(0, "silent");
        await().until(() -> hearer.heard.contains("closed: silent"));
        assertThat(far.heard).isEmpty();
        assertThat(connection.isOver()).isFalse();

        heal();
        connection.closed("closed");

        assertThat(far.heard).containsExactly("closed: silent");
        assertThat(hearer.heard).containsExactly("closed: silent");
        assertThat(connection.isOver()).isTrue();
    }

    @Test
    void whoWasKilledSaysNothingAnyMore() {
        isCut.set(true);
        isDead.set(true);

        assertThat(stream.write(bytes("goodbye"))).isEqualTo(QuicStream.Offer.CLOSED);

        assertThat(far.heard).isEmpty();
    }

    @Test
    void aStreamThatIsAskedForInACutOpensAfterTheHeal() {
        isCut.set(true);
        var late = connection.openStream(hearer).toCompletableFuture();
        assertThat(late).isNotDone();

        heal();

        assertThat(late).isDone();
    }

    @Test
    void aStreamOfTheFarSideIsHeardAfterTheHealBeforeItsBytes() {
        isCut.set(true);
        var opened = connection.streamOpened(far);
        opened.received(ByteBuffer.wrap(bytes("first")));
        assertThat(hearer.heard).isEmpty();

        heal();

        assertThat(hearer.heard).containsExactly("stream", "first");
    }

    /// The end of whoever uses the connection.
    private static final class Hearer implements QuicConnectionHandler, QuicStreamHandler {

        private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

        @Override
        public QuicStreamHandler streamOpened(QuicStream opened) {
            heard.add("stream");
            return this;
        }

        @Override
        public void closed(String reason) {
            heard.add("closed: " + reason);
        }

        @Override
        public void received(ByteBuffer bytes) {
            heard.add(StandardCharsets.UTF_8.decode(bytes).toString());
        }

        @Override
        public void writable() {
            heard.add("writable");
        }

        @Override
        public void closed() {
            heard.add("stream closed");
        }
    }

    /// The real connection with its one stream; keeps what reaches it.
    private static final class FarSide implements QuicConnection, QuicStream {

        private final List<String> heard = new ArrayList<>();
        private int takes = Integer.MAX_VALUE;
        private @Nullable QuicStreamHandler handler;

        void says(String text) {
            var reused = ByteBuffer.wrap(bytes(text));
            Objects.requireNonNull(handler).received(reused);
            reused.clear().put(new byte[reused.capacity()]);
        }

        @Override
        public CompletionStage<QuicStream> openStream(QuicStreamHandler hearer) {
            handler = hearer;
            return CompletableFuture.completedStage(this);
        }

        @Override
        public Offer write(byte[] frames) {
            if (takes == 0) {
                return Offer.FULL;
            }
            takes--;
            heard.add(new String(frames, StandardCharsets.UTF_8));
            return Offer.QUEUED;
        }

        @Override
        public void close(long code, String reason) {
            heard.add("closed: " + reason);
        }

        @Override
        public long id() {
            return 0;
        }

        @Override
        public long queuedBytes() {
            return 0;
        }

        @Override
        public void pause() {
            heard.add("paused");
        }

        @Override
        public void resume() {
            heard.add("resumed");
        }

        @Override
        public InetSocketAddress remoteAddress() {
            return InetSocketAddress.createUnresolved("far", 1);
        }

        @Override
        public byte[] listenerCertificateSha256() {
            return new byte[32];
        }

        @Override
        public String provider() {
            return "fake";
        }
    }
}
