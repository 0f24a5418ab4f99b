package io.macula.actors.identity;

import io.macula.dht.NodeId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// The Ed25519 key that makes a node who it is: its id follows from the public half, and whoever
/// signs with the private half is that node (RFC 8032). Safe to use from any thread.
public final class NodeKey {

    /// What loading a key file came to.
    public sealed interface Loaded {
        /// @param created
        ///            true when the file was made just now
        record Ready(NodeKey key, boolean created) implements Loaded {}

        /// One sentence: what, why, and what to do about it.
        record Refused(String message) implements Loaded {}
    }

    /// Length of a public key as SubjectPublicKeyInfo (RFC 8410, 4).
    public static final int PUBLIC_KEY_BYTES = 44;

    /// Length of a signature (RFC 8032, 5.1.6).
    public static final int SIGNATURE_BYTES = 64;

    private static final int FILE_BYTES_MAX = 4096;
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final String REMEDY = "; restore it from a copy, or remove it to start as a new node";

    /// SubjectPublicKeyInfo of every Ed25519 key up to the 32 bytes of the key itself.
    private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final PrivateKey secret;
    private final byte[] publicKey;
    private final NodeId id;

    private NodeKey(PrivateKey secret, byte[] publicKey) {
        this.secret = secret;
        this.publicKey = publicKey;
        this.id = NodeId.ofPublicKey(publicKey);
    }

    /// A new key, kept nowhere.
    public static NodeKey generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new NodeKey(pair.getPrivate(), pair.getPublic().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no Ed25519", e);
        }
    }

    /// Reads the key of `file` (PKCS#8 in PEM, mode 0600), or makes one there when it is missing.
    public static Loaded loadOrCreate(Path file) {
        var key = new PrivateFile(file);
        return key.read(FILE_BYTES_MAX) instanceof PrivateFile.Read.Missing
                ? create(key)
                : load(key);
    }

    /// Reads the key of `file`; a missing file is refused.
    public static Loaded load(Path file) {
        return load(new PrivateFile(file));
    }

    private static Loaded create(PrivateFile file) {
        var key = generate();
        try {
            return file.create(key.toPem()) ? new Loaded.Ready(key, true) : load(file);
        } catch (IOException e) {
            return new Loaded.Refused("The node key " + file.path() + " cannot be written ("
                    + PrivateFile.why(e) + "); make its folder writable or name another one.");
        }
    }

    private static Loaded load(PrivateFile file) {
        return switch (file.read(FILE_BYTES_MAX)) {
            case PrivateFile.Read.Missing() -> refused(file, "there is no such file; start the node"
                    + " once to make one");
            case PrivateFile.Read.Refused(var why) -> refused(file, why);
            case PrivateFile.Read.Content(var bytes) -> parse(file, bytes);
        };
    }

    private static Loaded refused(PrivateFile file, String why) {
        return new Loaded.Refused("The node key " + file.path() + " is refused: " + why + ".");
    }

    private static Loaded parse(PrivateFile file, byte[] pem) {
        var text = new String(pem, StandardCharsets.US_ASCII).strip();
        if (!text.startsWith(BEGIN) || !text.endsWith(END)
                || text.length() < BEGIN.length() + END.length()) {
            return refused(file, "it is not one PEM block of type PRIVATE KEY" + REMEDY);
        }
        var body = text.substring(BEGIN.length(), text.length() - END.length());
        byte[] der;
        try {
            der = Base64.getMimeDecoder().decode(body);
        } catch (IllegalArgumentException notBase64) {
            return refused(file, "its PEM block is damaged" + REMEDY);
        }
        return parseDer(file, der);
    }

    private static Loaded parseDer(PrivateFile file, byte[] der) {
        try {
            var secret = KeyFactory.getInstance("EdDSA")
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(der));
            if (secret instanceof EdECPrivateKey ed
                    && ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName())
                    && ed.getBytes().isPresent()) {
                return new Loaded.Ready(
                        new NodeKey(secret, publicKeyOf(secret, ed.getBytes().get())),
                        false);
            }
            return refused(file, "it holds a key of another algorithm than Ed25519" + REMEDY);
        } catch (GeneralSecurityException notEdDsa) {
            var why = isOtherAlgorithm(der)
                    ? "it holds a key of another algorithm than Ed25519"
                    : "its content is not a PKCS#8 key";
            return refused(file, why + REMEDY);
        }
    }

    private static boolean isOtherAlgorithm(byte[] der) {
        for (var algorithm : new String[]{"RSA", "EC", "DSA", "XDH"}) {
            try {
                KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
                return true;
            } catch (GeneralSecurityException notThis) {
                continue;
            }
        }
        return false;
    }

    /// The public half follows from the secret one, which Java does only when it makes a new pair: so it makes one again, of the
    /// same random bytes. A Java that draws them in another way is not relied on; there Bouncy Castle does it, which takes long to load.
    private static byte[] publicKeyOf(PrivateKey secret, byte[] seed)
            throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(NamedParameterSpec.ED25519, new Drawn(seed));
        var pair = generator.generateKeyPair();
        return pair.getPrivate().equals(secret)
                ? pair.getPublic().getEncoded()
                : publicKeyByBouncyCastle(seed);
    }

    static byte[] publicKeyByBouncyCastle(byte[] seed) {
        var spki = Arrays.copyOf(SPKI_PREFIX, PUBLIC_KEY_BYTES);
        SwiftEd25519.publicKey(seed, spki, SPKI_PREFIX.length);
        return spki;
    }

    /// Draws what was drawn before.
    private static final class Drawn extends SecureRandom {

        private static final long serialVersionUID = 1;

        private final byte[] bytes;

        Drawn(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        @Override
        public void nextBytes(byte[] drawn) {
            System.arraycopy(bytes, 0, drawn, 0, Math.min(bytes.length, drawn.length));
        }
    }

    private byte[] toPem() {
        var body = Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(secret.getEncoded());
        return (BEGIN + "\n" + body + "\n" + END + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /// The id of the node that holds this key.
    public NodeId id() {
        return id;
    }

    /// The public half as SubjectPublicKeyInfo, [#PUBLIC_KEY_BYTES] long.
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /// The private half, for the certificate of this key.
    PrivateKey secret() {
        return secret;
    }

    /// The signature of `message`, [#SIGNATURE_BYTES] long; the same for the same message.
    public byte[] sign(byte[] message) {
        return secret instanceof EdECPrivateKey ed && SwiftEd25519.isThere()
                ? SwiftEd25519.sign(ed.getBytes().orElseThrow(), publicKey, SPKI_PREFIX.length,
                        message)
                : signByJdk(message);
    }

    byte[] signByJdk(byte[] message) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(secret);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot sign with Ed25519", e);
        }
    }

    /// True when `signature` over `message` was made with the private half of `publicKey`; false
    /// for anything else, also for a key or signature that is none.
    public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        if (!isPublicKey(publicKey) || signature.length != SIGNATURE_BYTES) {
            return false;
        }
        return SwiftEd25519.isThere()
                ? SwiftEd25519.verify(publicKey, SPKI_PREFIX.length, message, signature)
                : verifyByJdk(publicKey, message, signature);
    }

    static boolean verifyByJdk(byte[] publicKey, byte[] message, byte[] signature) {
        try {
            PublicKey key = KeyFactory.getInstance("Ed25519")
                    .generatePublic(
                            new X509EncodedKeySpec(publicKey));
            var check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(message);
            return check.verify(signature);
        } catch (GeneralSecurityException notAKey) {
            return false;
        }
    }

    /// True when `bytes` has the length and algorithm of an Ed25519 SubjectPublicKeyInfo.
    public static boolean isPublicKey(byte[] bytes) {
        return bytes.length == PUBLIC_KEY_BYTES && Arrays.equals(bytes, 0, SPKI_PREFIX.length,
                SPKI_PREFIX, 0, SPKI_PREFIX.length);
    }

    /// The id only: the secret half stays out of logs.
    @Override
    public String toString() {
        return "NodeKey[" + id.hex() + "]";
    }
}
