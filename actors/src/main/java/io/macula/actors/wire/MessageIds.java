package io.macula.actors.wire;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// Mints 16-byte ids for messages and requests: a counter, encrypted with a key made for this run
/// of the node. So they never repeat, do not collide between nodes, and nobody who has seen some
/// of them can guess the next one and send it first, which would make receivers drop ours as
/// a duplicate. Safe to use from any thread.
public final class MessageIds {

    private static final int ID_BYTES = 16;

    /// Ids encrypted at a time: the cipher's overhead is paid once for all of them.
    private static final int BATCH = 64;

    private final Cipher cipher;
    private final byte[] counters = new byte[BATCH * ID_BYTES];
    private byte[] batch = new byte[0];
    private int next;
    private long counter;

    private MessageIds(Cipher cipher) {
        this.cipher = cipher;
    }

    /// With a key that nobody knows.
    public static MessageIds create() {
        var key = new byte[ID_BYTES];
        new SecureRandom().nextBytes(key);
        return of(key);
    }

    /// With a given key of 16 bytes: the same ids again, for tests.
    static MessageIds of(byte[] key) {
        try {
            // Each counter is its own block and never comes twice: no mode is needed.
            var cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
            return new MessageIds(cipher);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES", e);
        }
    }

    public synchronized Bytes next() {
        if (next == batch.length) {
            refill();
        }
        var id = Arrays.copyOfRange(batch, next, next + ID_BYTES);
        next += ID_BYTES;
        return Bytes.wrap(id);
    }

    private void refill() {
        for (var i = 0; i < BATCH; i++) {
            var value = counter++;
            for (var b = 0; b < Long.BYTES; b++) {
                counters[i * ID_BYTES + b] = (byte) (value >>> (8 * b));
            }
        }
        try {
            batch = cipher.doFinal(counters);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES of whole blocks cannot fail", e);
        }
        next = 0;
    }
}
