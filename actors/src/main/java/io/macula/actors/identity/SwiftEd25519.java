package io.macula.actors.identity;

import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ed25519 for who signs and verifies all the time: by Bouncy Castle, whose tables make it ten times as fast as the JDK.
/// Its archive and its tables take a quarter of a second, which a node that meets a few others would notice more than what
/// it saves; so they are loaded beside, once this process has signed or verified [#OFTEN] times. Safe to use from any thread.
final class SwiftEd25519 {

    /// A node that starts, and joins a mesh of ordinary size, stays below.
    static final int OFTEN = 100;

    private static final Logger LOG = LoggerFactory.getLogger(SwiftEd25519.class);
    private static final AtomicInteger ASKED = new AtomicInteger();
    private static volatile boolean loaded;

    private SwiftEd25519() {}

    /// Whether it can be used now; each call counts.
    static boolean isThere() {
        if (!loaded && ASKED.get() < OFTEN && ASKED.incrementAndGet() == OFTEN) {
            Thread.ofPlatform().daemon().name("macula-ed25519").start(SwiftEd25519::load);
        }
        return loaded;
    }

    private static void load() {
        try {
            Ed25519.precompute();
            loaded = true;
        } catch (LinkageError e) {
            LOG.atWarn().setCause(e).log("signatures stay slow: Bouncy Castle cannot be loaded");
        }
    }

    /// @param publicKeyOffset where the 32 bytes of the key itself are put
    static void publicKey(byte[] seed, byte[] publicKey, int publicKeyOffset) {
        Ed25519.generatePublicKey(seed, 0, publicKey, publicKeyOffset);
    }

    /// @param publicKeyOffset where the 32 bytes of the key itself begin
    static byte[] sign(byte[] seed, byte[] publicKey, int publicKeyOffset, byte[] message) {
        var signature = new byte[NodeKey.SIGNATURE_BYTES];
        Ed25519.sign(seed, 0, publicKey, publicKeyOffset, message, 0, message.length, signature,
                0);
        return signature;
    }

    /// @param publicKeyOffset where the 32 bytes of the key itself begin
    static boolean verify(byte[] publicKey, int publicKeyOffset, byte[] message,
            byte[] signature) {
        return Ed25519.verify(signature, 0, publicKey, publicKeyOffset, message, 0,
                message.length);
    }
}
