package io.macula.runtime.web;

import io.macula.actors.http.Answer;
import io.macula.actors.http.Content;
import io.macula.actors.http.PageSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Serves the files below one folder of a class loader. A folder is answered by its `index.html`, and never by a
/// list; parts of a path that begin with a dot are not there.
final class ResourcePages implements PageSource {

    private static final String INDEX = "index.html";
    private static final String OTHER_TYPE = "application/octet-stream";

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"));

    private final ClassLoader loader;
    private final String folder;
    private final int fileBytesMax;

    ResourcePages(ClassLoader loader, String folder, int fileBytesMax) {
        this.loader = loader;
        this.folder = folder;
        this.fileBytesMax = fileBytesMax;
    }

    /// Jars need not say which folders they have.
    boolean exist() {
        return loader.getResource(folder + "/" + INDEX) != null
                || loader.getResource(folder + "/") != null;
    }

    @Override
    public Answer answer(String path, Map<String, String> query) {
        if (path.startsWith(".") || path.contains("/.")) {
            return new Answer.Missing();
        }
        if (path.isEmpty() || path.endsWith("/")) {
            return file(path + INDEX).orElseGet(Answer.Missing::new);
        }
        return file(path).or(() -> file(path + "/" + INDEX).map(_ -> new Answer.Folder()))
                .orElseGet(Answer.Missing::new);
    }

    private Optional<Answer> file(String path) {
        var url = loader.getResource(folder + "/" + path);
        try {
            return url == null || isDirectory(url) ? Optional.empty() : file(path, url);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Without the cache of the JDK, which would keep the workload's jar open after its end.
    private Optional<Answer> file(String path, URL url) throws IOException {
        var connection = url.openConnection();
        connection.setUseCaches(false);
        try (var in = connection.getInputStream()) {
            if (connection instanceof JarURLConnection jar && jar.getJarEntry().isDirectory()) {
                return Optional.empty();
            }
            var bytes = in.readNBytes(fileBytesMax + 1);
            return Optional.of(bytes.length > fileBytesMax
                    ? Answer.Json.error(500, "this file is longer than " + fileBytesMax
                            + " bytes, the most that macula.http.file-max allows")
                    : new Answer.File(typeOf(path), Content.of(bytes)));
        }
    }

    /// The JDK would list it.
    private static boolean isDirectory(URL url) {
        return url.getProtocol().equals("file")
                && Files.isDirectory(Path.of(URI.create(url.toString())));
    }

    private static String typeOf(String path) {
        var dot = path.lastIndexOf('.');
        return TYPES.getOrDefault(path.substring(dot + 1).toLowerCase(Locale.ROOT), OTHER_TYPE);
    }
}
