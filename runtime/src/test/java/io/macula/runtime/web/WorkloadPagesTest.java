package io.macula.runtime.web;

import static io.macula.runtime.web.Mounts.active;
import static io.macula.runtime.web.Mounts.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.http.HttpLimits;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Pages of two workloads: one in a folder of classes, one in a jar.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkloadPagesTest {

    private static final Map<String, String> FILES = Map.ofEntries(
            Map.entry("web/index.html", "<p>Snake</p>"),
            Map.entry("web/game.js", "play()"),
            Map.entry("web/game.mjs", "export {}"),
            Map.entry("web/look.css", "p { color: red }"),
            Map.entry("web/data.json", "{}"),
            Map.entry("web/note.txt", "ä"),
            Map.entry("web/icon.svg", "<svg/>"),
            Map.entry("web/raw.bin", "bytes"),
            Map.entry("web/.secret", "hidden"),
            Map.entry("web/deep/index.html", "<p>deep</p>"),
            Map.entry("web/bare/only.txt", "no index"),
            Map.entry("web/odd.js/inner.js", "in a folder named like a file"),
            Map.entry("web/long.txt", "x".repeat(WebBench.FILE_BYTES_MAX + 1)),
            Map.entry("web/fits.txt", "x".repeat(WebBench.FILE_BYTES_MAX)),
            Map.entry("Secret.class", "code"));

    private URLClassLoader classes = new URLClassLoader(new URL[0]);
    private URLClassLoader jar = classes;
    private final WebBench bench = new WebBench(HttpLimits.DEFAULT);
    private WebFolder one = bench.mounts().forWorkload("one", classes);
    private WebFolder two = one;

    @BeforeAll
    void write(@TempDir Path dir) throws IOException {
        for (var file : FILES.entrySet()) {
            var path = dir.resolve("classes").resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        var archive = dir.resolve("two.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(archive))) {
            out.putNextEntry(new JarEntry("web/"));
            out.putNextEntry(new JarEntry("web/odd.js/"));
            for (var file : FILES.entrySet()) {
                out.putNextEntry(new JarEntry(file.getKey()));
                out.write(file.getValue()
                        .replace("Snake", "Pong")
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        classes = loader(dir.resolve("classes"));
        jar = loader(archive);
    }

    private static URLClassLoader loader(Path path) throws IOException {
        return new URLClassLoader(new URL[]{path.toUri().toURL()},
                ClassLoader.getPlatformClassLoader());
    }

    @AfterAll
    void close() throws IOException {
        bench.close();
        classes.close();
        jar.close();
    }

    @BeforeEach
    void mount() {
        one = bench.mounts().forWorkload("one", classes);
        two = bench.mounts().forWorkload("two", jar);
        active(one.pages("web"));
        active(two.pages("web"));
    }

    @AfterEach
    void end() {
        one.close();
        two.close();
    }

    @Test
    void standSideBySideBelowTheirNames() {
        assertThat(one.root()).isEqualTo("/apps/one/");
        assertThat(bench.get("/apps/one/").body()).isEqualTo("<p>Snake</p>");
        assertThat(bench.get("/apps/two/").body()).isEqualTo("<p>Pong</p>");
        assertThat(bench.get("/apps/one/deep/").body()).isEqualTo("<p>deep</p>");
        assertThat(bench.get("/apps/two/index.html?v=1").body()).isEqualTo("<p>Pong</p>");
    }

    @ParameterizedTest
    @CsvSource({"'', text/html; charset=utf-8", "game.js, text/javascript; charset=utf-8",
        "game.mjs, text/javascript; charset=utf-8", "look.css, text/css; charset=utf-8",
        "data.json, application/json", "note.txt, text/plain; charset=utf-8",
        "icon.svg, image/svg+xml", "raw.bin, application/octet-stream"})
    void haveTheirTypes(String path, String type) {
        var answer = bench.get("/apps/one/" + path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/apps/one/", "/apps/one/missing", "/"})
    void keepToThemselves(String path) {
        var headers = bench.get(path).headers();

        assertThat(headers.firstValue("Content-Security-Policy")).contains("default-src 'none'; "
                + "script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                + "font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(headers.firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void areSentAgainOnlyWhenTheyHaveChanged() {
        var first = bench.get("/apps/one/game.js");
        var tag = first.headers().firstValue("ETag").orElseThrow();

        var second = bench.send(bench.request("/apps/one/game.js").header("If-None-Match", tag));
        var other = bench.send(bench.request("/apps/one/look.css").header("If-None-Match", tag));

        assertThat(first.headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
        assertThat(second.headers().firstValue("ETag")).contains(tag);
        assertThat(other.statusCode()).isEqualTo(200);
    }

    @Test
    void tellTheirHeadWithoutTheirBody() {
        var answer = bench.send(bench.request("/apps/one/").HEAD());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("Content-Length")).contains("12");
    }

    @ParameterizedTest
    @CsvSource({"/apps/one, /apps/one/", "/apps/two?a=b, /apps/two/?a=b",
        "/apps/one/deep, /apps/one/deep/", "/apps/two/deep, /apps/two/deep/"})
    void areFoundWithoutTheSlashOfAFolder(String asked, String found) {
        var answer = bench.get(asked);

        assertThat(answer.statusCode()).isEqualTo(307);
        assertThat(answer.headers().firstValue("Location")).contains(found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "bare", "bare/", "odd.js", "odd.js/", ".secret", "deep/.x",
        "../Secret.class", "%2e%2e/Secret.class", "..%2fSecret.class", "deep/../../Secret.class",
        "..%5cSecret.class", "%252e%252e/Secret.class", "/etc/passwd", "Secret.class",
        "index.html/",
        "game.js%00.html", "Index.html/."})
    void areNothingElse(String path) throws IOException {
        for (var name : new String[]{"one", "two"}) {
            assertThat(bench.raw("GET /apps/" + name + "/" + path + " HTTP/1.1\r\n"
                    + "Host: localhost\r\nConnection: close\r\n\r\n")).as(name)
                    .startsWith("HTTP/1.1 404 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE"})
    void areOnlyRead(String method) {
        var answer = bench.send(
                bench.request("/apps/one/").method(method, BodyPublishers.ofString("x=1")));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void areNotForPagesOfAnotherOriginOrName() throws IOException {
        var foreign = bench.send(
                bench.request("/apps/one/data.json").header("Origin", "http://evil.example"));

        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(bench.raw("GET /apps/one/ HTTP/1.1\r\nHost: evil.example:" + bench.port()
                + "\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 421 ");
    }

    @Test
    void areNoLongerThanAllowed() {
        assertThat(bench.get("/apps/one/fits.txt").body()).hasSize(WebBench.FILE_BYTES_MAX);
        assertThat(bench.get("/apps/one/long.txt").statusCode()).isEqualTo(500);
    }

    @Test
    void endWithTheirMount() {
        one.close();

        assertThat(bench.get("/apps/one/").statusCode()).isEqualTo(404);
        assertThat(bench.get("/apps/two/").statusCode()).isEqualTo(200);
        assertThat(refused(one.pages("web"))).contains("/apps/one/");
    }

    @Test
    void areMountedOnceUntilThatEnds() {
        var again = bench.mounts().forWorkload("three", classes);
        var mount = active(again.pages("web"));

        assertThat(refused(again.pages("web"))).contains("/apps/three/", "taken");
        mount.close();
        mount.close();
        assertThat(bench.get("/apps/three/").statusCode()).isEqualTo(404);
        active(again.pages("web/deep"));
        assertThat(bench.get("/apps/three/").body()).isEqualTo("<p>deep</p>");
        again.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/web", "web/", "../web", "web/../web", ".", "nowhere",
        "web\\x",
        "web/.git", "META-INF/missing"})
    void areNoFolderThatIsNoneOrIsNotThere(String folder) {
        var other = bench.mounts().forWorkload("four", jar);

        assertThat(refused(other.pages(folder))).isNotEmpty();
    }

    @Test
    void stayWhenTheServerIsRestarted() {
        bench.restart();

        assertThat(bench.get("/apps/one/").body()).isEqualTo("<p>Snake</p>");
    }

    @Test
    void giveWayToPagesOfTheNodeElsewhere() {
        var node = bench.mounts().under("/", classes);
        active(node.pages("web/deep"));

        assertThat(bench.get("/").body()).isEqualTo("<p>deep</p>");
        assertThat(bench.get("/apps/one/").body()).isEqualTo("<p>Snake</p>");
        node.close();
        assertThat(bench.get("/").statusCode()).isEqualTo(404);
    }
}
