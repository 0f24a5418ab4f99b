package io.macula.actors.identity;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What the members of a closed realm share. It never leaves the node: a link proves knowledge of
/// it by HMAC-SHA-256 (RFC 2104). Safe to use from any thread.
public final class RealmSecret {

    /// What loading a secret file came to.
    public sealed interface Loaded {
        record Ready(RealmSecret secret) implements Loaded {}

        /// One sentence: what, why, and what to do about it.
        record Refused(String message) implements Loaded {}
    }

    /// A shorter secret could be guessed by a listener that collects proofs.
    public static final int SIZE_BYTES_MIN = 16;

    /// Length of a proof.
    public static final int PROOF_BYTES = 32;

    private static final int SIZE_BYTES_MAX = 4096;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private RealmSecret(byte[] secret) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    /// The secret made of `bytes`, at least [#SIZE_BYTES_MIN] of them.
    public static RealmSecret of(byte[] bytes) {
        if (bytes.length < SIZE_BYTES_MIN) {
            throw new IllegalArgumentException("a realm secret has at least " + SIZE_BYTES_MIN
                    + " bytes");
        }
        return new RealmSecret(bytes);
    }

    /// Reads the secret of `file` (mode 0600). Line ends at its end do not belong to the secret,
    /// so that a file written by an editor equals one written by a program.
    public static Loaded load(Path file) {
        var secretFile = new PrivateFile(file);
        return switch (secretFile.read(SIZE_BYTES_MAX)) {
            case PrivateFile.Read.Missing() -> refused(secretFile, "there is no such file; make one"
                    + " with `openssl rand -hex 32` and mode 600");
            case PrivateFile.Read.Refused(var why) -> refused(secretFile, why);
            case PrivateFile.Read.Content(var bytes) -> parse(secretFile, bytes);
        };
    }

    private static Loaded parse(PrivateFile file, byte[] content) {
        var end = content.length;
        while (end > 0 && (content[end - 1] == '\n' || content[end - 1] == '\r')) {
            end--;
        }
        return end >= SIZE_BYTES_MIN
                ? new Loaded.Ready(of(Arrays.copyOf(content, end)))
                : refused(file, "it holds " + end + " bytes and needs at least " + SIZE_BYTES_MIN
                        + "; make one with `openssl rand -hex 32`");
    }

    private static Loaded refused(PrivateFile file, String why) {
        return new Loaded.Refused("The realm secret " + file.path() + " is refused: " + why + ".");
    }

    /// The proof over `message` that only a holder of the secret can make.
    public byte[] proof(byte[] message) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }

    /// Says nothing about the secret.
    @Override
    public String toString() {
        return "RealmSecret[hidden]";
    }
}
