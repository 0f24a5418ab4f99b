package io.macula.runtime.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

class CutEngineTest {

    private final AtomicBoolean isCut = new AtomicBoolean();
    private final ByteBuffer packet = ByteBuffer.allocate(1_000);
    private final ByteBuffer wire = ByteBuffer.allocate(40_000);

    @Test
    void aConnectionThatIsNotCutSpeaksTls() throws Exception {
        var engine = dialled();
        engine.beginHandshake();

        assertThat(engine.wrap(packet, wire).bytesProduced()).isPositive();
        assertThat(packet.hasRemaining()).isTrue();
    }

    @Test
    void whatIsSentDuringACutGetsLostAndWhoSendsIsToldNothing() throws Exception {
        var engine = dialled();
        isCut.set(true);

        var result = engine.wrap(packet, wire);

        assertThat(result.getStatus()).isEqualTo(Status.OK);
        assertThat(result.bytesConsumed()).isEqualTo(1_000);
        assertThat(result.bytesProduced()).isZero();
        assertThat(packet.hasRemaining()).isFalse();
        assertThat(wire.position()).isZero();
    }

    @Test
    void aConnectionThatLostSomethingFailsOnceAfterTheCutAndIsClosed() throws Exception {
        var engine = dialled();
        isCut.set(true);
        engine.wrap(packet, wire);
        isCut.set(false);
        packet.clear();

        assertThatThrownBy(() -> engine.wrap(packet, wire)).isInstanceOf(SSLException.class);
        assertThat(engine.wrap(packet, wire).getStatus()).isEqualTo(Status.CLOSED);
        assertThat(wire.position()).isZero();
    }

    @Test
    void aConnectionThatLostNothingIsWholeAfterTheCut() throws Exception {
        var engine = dialled();
        isCut.set(true);
        isCut.set(false);
        engine.beginHandshake();

        assertThat(engine.wrap(packet, wire).bytesProduced()).isPositive();
    }

    @Test
    void nobodyIsGreetedDuringACut() throws Exception {
        var engine = dialled();
        engine.beginHandshake();
        isCut.set(true);

        assertThatThrownBy(() -> engine.wrap(packet, wire)).isInstanceOf(SSLException.class);
        assertThat(engine.wrap(packet, wire).getStatus()).isEqualTo(Status.CLOSED);
        assertThat(wire.position()).isZero();
    }

    private SSLEngine dialled() throws NoSuchAlgorithmException {
        var real = SSLContext.getDefault().createSSLEngine("127.0.0.1", 1);
        real.setUseClientMode(true);
        return new CutEngine(real, isCut::get);
    }
}
