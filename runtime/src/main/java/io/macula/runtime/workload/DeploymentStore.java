package io.macula.runtime.workload;

import io.macula.runtime.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What shall run on a node, kept in its data folder as `apps/NAME.json` beside copies of the jars, named by
/// their content. A node without a folder keeps it in memory, and uses jars where they lie.
///
/// For one writer at a time.
public final class DeploymentStore {

    /// What became of keeping code.
    sealed interface Kept {

        /// @param own
        ///            where the node finds it from now on
        record Done(WorkloadSource own) implements Kept {}

        /// One sentence.
        record Failed(String message) implements Kept {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(DeploymentStore.class);

    private final @Nullable Path folder;
    private final Map<String, Deployment> known = new ConcurrentSkipListMap<>();

    private DeploymentStore(@Nullable Path folder) {
        this.folder = folder;
    }

    public static DeploymentStore inMemory() {
        return new DeploymentStore(null);
    }

    /// Reads what is kept in `folder`. A file that cannot be read is said, and left as it is.
    public static DeploymentStore in(Path folder) {
        var store = new DeploymentStore(folder);
        if (Files.isDirectory(folder)) {
            try (var files = Files.newDirectoryStream(folder, "*.json")) {
                files.forEach(store::read);
            } catch (IOException e) {
                LOG.atWarn().addKeyValue("folder", folder).setCause(e).log("cannot be read");
            }
        }
        return store;
    }

    private void read(Path file) {
        try {
            var text = Files.readString(file);
            var deployment = Json.parse(text) instanceof Json.Parsed.Value(var json)
                    ? Deployment.parse(json)
                    : Optional.<Deployment>empty();
            deployment.ifPresentOrElse(each -> known.put(each.name(), each), () -> LOG.atWarn()
                    .addKeyValue("file", file)
                    .log("is no description of a workload; the workload is not started"));
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("file", file).setCause(e).log("cannot be read");
        }
    }

    List<Deployment> all() {
        return List.copyOf(known.values());
    }

    Optional<Deployment> get(String name) {
        return Optional.ofNullable(known.get(name));
    }

    /// Copies a jar into the node's folder, so that it is there when the node starts again.
    Kept keep(WorkloadSource source) {
        var own = folder;
        if (own == null || !(source instanceof WorkloadSource.Jar(var jar))) {
            return new Kept.Done(source);
        }
        try {
            Files.createDirectories(own);
            var copy = own.resolve(hash(jar) + ".jar");
            if (!Files.exists(copy)) {
                var partial = Files.createTempFile(own, "deploy", ".part");
                Files.copy(jar, partial, StandardCopyOption.REPLACE_EXISTING);
                Files.move(partial, copy, StandardCopyOption.ATOMIC_MOVE);
            }
            return new Kept.Done(new WorkloadSource.Jar(copy));
        } catch (IOException e) {
            return new Kept.Failed(jar + " cannot be copied to " + own + ": " + e.getMessage());
        }
    }

    private static String hash(Path file) throws IOException {
        try (var in = new DigestInputStream(Files.newInputStream(file),
                MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest()).substring(0, 32);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /// Notes a deployment, on disk first, and drops jars that nobody needs any more. Present with one sentence when that
    /// failed.
    Optional<String> put(Deployment deployment) {
        var own = folder;
        if (own != null) {
            try {
                Files.createDirectories(own);
                var partial = Files.createTempFile(own, deployment.name(), ".part");
                Files.writeString(partial, Json.write(deployment.toJson()) + "\n",
                        StandardCharsets.UTF_8);
                Files.move(partial, own.resolve(deployment.name() + ".json"),
                        StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                return Optional.of("it cannot be noted in " + own + " that " + deployment.name()
                        + " is deployed: " + e.getMessage());
            }
        }
        known.put(deployment.name(), deployment);
        if (own != null) {
            sweep(own);
        }
        return Optional.empty();
    }

    private void sweep(Path own) {
        var needed = known.values()
                .stream()
                .map(Deployment::source)
                .flatMap(source -> source instanceof WorkloadSource.Jar(var jar)
                        ? java.util.stream.Stream.of(jar.getFileName())
                        : java.util.stream.Stream.empty())
                .toList();
        try (var jars = Files.newDirectoryStream(own, "*.jar")) {
            for (var jar : jars) {
                if (!needed.contains(jar.getFileName())) {
                    Files.deleteIfExists(jar);
                }
            }
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("folder", own).setCause(e).log("old jars cannot be removed");
        }
    }
}
