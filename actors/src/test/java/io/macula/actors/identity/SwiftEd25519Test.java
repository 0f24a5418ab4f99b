package io.macula.actors.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.interfaces.EdECPrivateKey;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SwiftEd25519Test {

    private static final byte[] MESSAGE = "a transcript".getBytes(StandardCharsets.UTF_8);

    /// What signs often is given it soon.
    @BeforeAll
    static void load() {
        var until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!SwiftEd25519.isThere()) {
            assertThat(System.nanoTime()).as("it is never loaded").isLessThan(until);
            Thread.onSpinWait();
        }
    }

    @Test
    void derivesTheSamePublicKey() {
        for (var i = 0; i < 20; i++) {
            var key = NodeKey.generate();
            var seed = ((EdECPrivateKey) key.secret()).getBytes().orElseThrow();

            assertThat(NodeKey.publicKeyByBouncyCastle(seed)).isEqualTo(key.publicKey());
        }
    }

    @Test
    void signsAsTheJdkDoes() {
        for (var i = 0; i < 20; i++) {
            var key = NodeKey.generate();

            var signature = key.sign(MESSAGE);

            assertThat(signature).isEqualTo(key.signByJdk(MESSAGE));
            assertThat(NodeKey.verify(key.publicKey(), MESSAGE, signature)).isTrue();
        }
    }

    @Test
    void refusesWhatTheJdkRefusesAndNeverThrows() {
        var random = new Random(7);
        var key = NodeKey.generate();
        for (var i = 0; i < 2_000; i++) {
            var publicKey = key.publicKey();
            var signature = key.sign(MESSAGE);
            var spoiled = random.nextBoolean() ? publicKey : signature;
            spoiled[spoiled.length - 1 - random.nextInt(32)] ^= (byte) (1 << random.nextInt(8));

            assertThat(NodeKey.verify(publicKey, MESSAGE, signature)).isFalse()
                    .isEqualTo(NodeKey.verifyByJdk(publicKey, MESSAGE, signature));
        }
    }

    @Test
    void refusesKeysAndSignaturesThatAreNone() {
        var random = new Random(8);
        var key = NodeKey.generate();
        for (var i = 0; i < 500; i++) {
            var publicKey = key.publicKey();
            var raw = new byte[32];
            random.nextBytes(raw);
            System.arraycopy(raw, 0, publicKey, NodeKey.PUBLIC_KEY_BYTES - raw.length, raw.length);
            var signature = new byte[NodeKey.SIGNATURE_BYTES];
            random.nextBytes(signature);

            assertThat(NodeKey.verify(publicKey, MESSAGE, signature)).isFalse();
        }
    }
}
