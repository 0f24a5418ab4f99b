package io.macula.actors.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macula.dht.NodeId;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealmTest {

    @TempDir Path folder;

    @Test
    void isServedOnLoopbackOnlyWhileItIsOpen() throws Exception {
        var open = Realm.open("lab");

        assertThat(open.refusesToBind(InetAddress.getByName("127.0.0.1"))).isEmpty();
        assertThat(open.refusesToBind(InetAddress.getByName("::1"))).isEmpty();
        for (var address : new String[]{"0.0.0.0", "::", "192.0.2.1"}) {
            assertThat(open.refusesToBind(InetAddress.getByName(address)).orElseThrow())
                    .contains("\"lab\" is open", "set a realm secret");
        }
    }

    @Test
    void isServedAnywhereWhenItIsClosed() throws Exception {
        var world = InetAddress.getByName("0.0.0.0");

        assertThat(Realm.closed("lab", RealmSecret.of(new byte[16])).refusesToBind(world))
                .isEmpty();
        assertThat(Realm.ofMembers("lab", Set.of(NodeId.hashOf(new byte[0])))
                .refusesToBind(world)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two\nlines", "nul\0"})
    void hasAProperName(String name) {
        assertThatThrownBy(() -> Realm.open(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hasANameOfBoundedLength() {
        assertThat(Realm.isName("ü".repeat(127))).isTrue();
        assertThat(Realm.isName("ü".repeat(128))).isFalse();
    }

    @Test
    void readsItsSecretWithoutTheLineEnd() throws IOException {
        var unix = secret(write("unix", "0123456789abcdef\n"));
        var dos = secret(write("dos", "0123456789abcdef\r\n"));
        var bare = secret(write("bare", "0123456789abcdef"));

        var proof = bare.proof(new byte[]{1});
        assertThat(unix.proof(new byte[]{1})).isEqualTo(proof).hasSize(RealmSecret.PROOF_BYTES);
        assertThat(dos.proof(new byte[]{1})).isEqualTo(proof);
        assertThat(bare.proof(new byte[]{2})).isNotEqualTo(proof);
    }

    @Test
    void provesByHmacSha256() {
        // RFC 4231, 4.2
        var secret = RealmSecret.of(HexFormat.of().parseHex("0b".repeat(20)));

        assertThat(secret.proof("Hi There".getBytes(StandardCharsets.US_ASCII))).asHexString()
                .isEqualToIgnoringCase(
                        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    }

    @Test
    void neverShowsItsSecret() {
        var realm = Realm.closed("lab", RealmSecret.of("a secret not to be seen".getBytes(
                StandardCharsets.UTF_8)));

        assertThat(realm.toString()).contains("hidden").doesNotContain("not to be seen");
    }

    @Test
    void refusesASecretThatIsTooShort() throws IOException {
        assertThat(refusal(write("short", "fifteen bytes!!\n"))).contains("holds 15 bytes",
                "at least 16");
        assertThatThrownBy(() -> RealmSecret.of(new byte[15]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesASecretThatOthersCanRead() throws IOException {
        var file = write("open", "0123456789abcdef");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(refusal(file)).contains("mode rw-r--r--", "chmod 600")
                .doesNotContain("0123456789abcdef");
    }

    @Test
    void refusesASecretThatIsNotAFile() {
        assertThat(refusal(folder)).contains("directory");
        assertThat(refusal(folder.resolve("absent"))).contains("no such file", "openssl rand");
    }

    private Path write(String name, String content) throws IOException {
        var file = folder.resolve(name);
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private static RealmSecret secret(Path file) {
        return ((RealmSecret.Loaded.Ready) RealmSecret.load(file)).secret();
    }

    private static String refusal(Path file) {
        var loaded = RealmSecret.load(file);
        assertThat(loaded).isInstanceOf(RealmSecret.Loaded.Refused.class);
        return ((RealmSecret.Loaded.Refused) loaded).message();
    }
}
