package io.macula.runtime.cut;

import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// A dialled connection to another member, from which what is sent during a cut gets lost, without a word to who sends. A
/// handshake fails then; and so does a connection that lost something, at the first use after the cut, as one of TCP would whose
/// packets nobody acknowledged: a new one begins at the border of a packet.
final class CutEngine extends SSLEngine {

    private final SSLEngine real;
    private final BooleanSupplier isCut;
    private boolean hasLost;
    private boolean hasFailed;

    CutEngine(SSLEngine real, BooleanSupplier isCut) {
        super(real.getPeerHost(), real.getPeerPort());
        this.real = real;
        this.isCut = isCut;
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer target)
            throws SSLException {
        if (hasFailed) {
            return new SSLEngineResult(Status.CLOSED, HandshakeStatus.NOT_HANDSHAKING, 0, 0);
        }
        if (isCut.getAsBoolean()) {
            return lose(sources, offset, length);
        }
        if (hasLost) {
            throw failed("the connection was cut");
        }
        return real.wrap(sources, offset, length, target);
    }

    /// Once: whoever hears of it uses the engine again to say goodbye.
    private SSLException failed(String why) {
        hasFailed = true;
        return new SSLException(why);
    }

    private SSLEngineResult lose(ByteBuffer[] sources, int offset, int length) throws SSLException {
        if (real.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
            throw failed("the other member is cut off");
        }
        hasLost = true;
        var lost = 0;
        for (var n = offset; n < offset + length; n++) {
            lost += sources[n].remaining();
            sources[n].position(sources[n].limit());
        }
        return new SSLEngineResult(Status.OK, HandshakeStatus.NOT_HANDSHAKING, lost, 0);
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets, int offset, int length)
            throws SSLException {
        return real.unwrap(source, targets, offset, length);
    }

    @Override
    public @Nullable Runnable getDelegatedTask() {
        return real.getDelegatedTask();
    }

    @Override
    public void closeInbound() throws SSLException {
        real.closeInbound();
    }

    @Override
    public boolean isInboundDone() {
        return real.isInboundDone();
    }

    @Override
    public void closeOutbound() {
        real.closeOutbound();
    }

    @Override
    public boolean isOutboundDone() {
        return real.isOutboundDone();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return real.getSupportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return real.getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        real.setEnabledCipherSuites(suites);
    }

    @Override
    public String[] getSupportedProtocols() {
        return real.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return real.getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        real.setEnabledProtocols(protocols);
    }

    @Override
    public SSLSession getSession() {
        return real.getSession();
    }

    @Override
    public @Nullable SSLSession getHandshakeSession() {
        return real.getHandshakeSession();
    }

    @Override
    public void beginHandshake() throws SSLException {
        real.beginHandshake();
    }

    @Override
    public HandshakeStatus getHandshakeStatus() {
        return real.getHandshakeStatus();
    }

    @Override
    public void setUseClientMode(boolean isClient) {
        real.setUseClientMode(isClient);
    }

    @Override
    public boolean getUseClientMode() {
        return real.getUseClientMode();
    }

    @Override
    public void setNeedClientAuth(boolean isNeeded) {
        real.setNeedClientAuth(isNeeded);
    }

    @Override
    public boolean getNeedClientAuth() {
        return real.getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean isWanted) {
        real.setWantClientAuth(isWanted);
    }

    @Override
    public boolean getWantClientAuth() {
        return real.getWantClientAuth();
    }

    @Override
    public void setEnableSessionCreation(boolean isEnabled) {
        real.setEnableSessionCreation(isEnabled);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return real.getEnableSessionCreation();
    }

    @Override
    public SSLParameters getSSLParameters() {
        return real.getSSLParameters();
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        real.setSSLParameters(parameters);
    }
}
