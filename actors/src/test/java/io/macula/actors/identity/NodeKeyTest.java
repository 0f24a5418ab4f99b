package io.macula.actors.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.dht.NodeId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeKeyTest {

    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);

    @TempDir Path folder;

    @Test
    void isMadeOnceAndReadAgain() throws IOException {
        var file = folder.resolve("node/node.key");

        var made = ready(NodeKey.loadOrCreate(file));
        var read = ready(NodeKey.loadOrCreate(file));

        assertThat(made.created()).isTrue();
        assertThat(read.created()).isFalse();
        assertThat(read.key().id()).isEqualTo(made.key().id());
        assertThat(read.key().publicKey()).isEqualTo(made.key().publicKey());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file).content().startsWith("-----BEGIN PRIVATE KEY-----\n");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void isTheSameForAllWhoMakeItAtTheSameTime() throws Exception {
        var file = folder.resolve("node.key");
        try (var pool = Executors.newFixedThreadPool(8)) {
            Callable<NodeId> start = () -> ready(NodeKey.loadOrCreate(file)).key().id();
            var ids = pool.invokeAll(IntStream.range(0, 8).mapToObj(_ -> start).toList());

            var first = ids.getFirst().get();
            for (var id : ids) {
                assertThat(id.get()).isEqualTo(first);
            }
        }
    }

    @Test
    void givesItsNodeTheIdOfItsPublicHalf() {
        var key = NodeKey.generate();

        assertThat(key.id()).isEqualTo(NodeId.ofPublicKey(key.publicKey()));
        assertThat(key.publicKey()).hasSize(NodeKey.PUBLIC_KEY_BYTES);
    }

    @Test
    void signsWhatOthersCanVerify() {
        var key = NodeKey.generate();

        var signature = key.sign(MESSAGE);

        assertThat(NodeKey.verify(key.publicKey(), MESSAGE, signature)).isTrue();
        assertThat(NodeKey.verify(key.publicKey(), new byte[]{1}, signature)).isFalse();
        assertThat(NodeKey.verify(NodeKey.generate().publicKey(), MESSAGE, signature)).isFalse();
    }

    @Test
    void verifiesNoTamperedSignatureAndNeverThrows() {
        var key = NodeKey.generate();
        var signature = key.sign(MESSAGE);

        for (var bit = 0; bit < signature.length * 8; bit++) {
            var other = signature.clone();
            other[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(NodeKey.verify(key.publicKey(), MESSAGE, other)).isFalse();
        }
        for (var bit = 0; bit < NodeKey.PUBLIC_KEY_BYTES * 8; bit++) {
            var other = key.publicKey();
            other[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(NodeKey.verify(other, MESSAGE, signature)).isFalse();
        }
        assertThat(NodeKey.verify(new byte[0], MESSAGE, signature)).isFalse();
        assertThat(NodeKey.verify(key.publicKey(), MESSAGE, new byte[0])).isFalse();
        assertThat(NodeKey.verify(key.publicKey(), MESSAGE, Arrays.copyOf(signature, 65)))
                .isFalse();
    }

    @Test
    void doesNotShowItsSecret() {
        var key = NodeKey.generate();

        assertThat(key).hasToString("NodeKey[" + key.id().hex() + "]");
    }

    @Test
    void readsAKeyThatAnotherProgramMade() throws IOException {
        // Ed25519 key of RFC 8410, 10.3
        var file = write("node.key", """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
            -----END PRIVATE KEY-----
            """);
        var publicKey = Base64.getDecoder()
                .decode("MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=");

        assertThat(ready(NodeKey.load(file)).key().publicKey()).isEqualTo(publicKey);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK\n-----END PRIVATE KEY-----",
        "-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----"})
    void isRefusedWhenItsFileIsMalformed(String content) throws IOException {
        var file = write("node.key", content);

        assertThat(refusal(file)).startsWith("The node key " + file + " is refused: ")
                .contains("restore it from a copy, or remove it")
                .endsWith(".");
        assertThat(file).hasContent(content);
    }

    @Test
    void isRefusedWhenItIsOfAnotherAlgorithm() throws Exception {
        for (var algorithm : new String[]{"RSA", "EC", "Ed448", "X25519"}) {
            var pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
            var file = write(algorithm + ".key", "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded())
                    + "\n-----END PRIVATE KEY-----\n");

            assertThat(refusal(file)).as(algorithm).contains("another algorithm than Ed25519");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rwxrwxrwx"})
    void isRefusedWhenOthersCanReadOrWriteItsFile(String mode) throws IOException {
        var file = folder.resolve("node.key");
        ready(NodeKey.loadOrCreate(file));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

        assertThat(refusal(file)).contains("mode " + mode, "run `chmod 600 " + file + "`");
    }

    @Test
    void isRefusedWhenItsFileIsADirectory() throws IOException {
        var file = Files.createDirectory(folder.resolve("node.key"));

        assertThat(refusal(file)).contains("it is a directory");
    }

    @Test
    void isRefusedWhenItsFileIsFarTooLong() throws IOException {
        assertThat(refusal(write("node.key", "x".repeat(100_000)))).contains("longer than");
    }

    @Test
    void isRefusedWhenItsFolderIsAFile() throws IOException {
        var file = write("file", "x").resolve("node.key");

        assertThat(NodeKey.loadOrCreate(file)).isInstanceOfSatisfying(NodeKey.Loaded.Refused.class,
                refused -> assertThat(refused.message()).contains("cannot be written"));
    }

    @Test
    void isNotMadeByLoad() {
        var file = folder.resolve("node.key");

        assertThat(NodeKey.load(file)).isInstanceOf(NodeKey.Loaded.Refused.class);
        assertThat(file).doesNotExist();
    }

    private Path write(String name, String content) throws IOException {
        var file = folder.resolve(name);
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private static NodeKey.Loaded.Ready ready(NodeKey.Loaded loaded) {
        assertThat(loaded).isInstanceOf(NodeKey.Loaded.Ready.class);
        return (NodeKey.Loaded.Ready) loaded;
    }

    private static String refusal(Path file) {
        var loaded = NodeKey.loadOrCreate(file);
        assertThat(loaded).isInstanceOf(NodeKey.Loaded.Refused.class);
        return ((NodeKey.Loaded.Refused) loaded).message();
    }
}
