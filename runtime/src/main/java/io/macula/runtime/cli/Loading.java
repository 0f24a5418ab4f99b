package io.macula.runtime.cli;

import io.macula.runtime.config.DataDirectory;
import io.macula.runtime.config.SettingsReader;
import io.macula.runtime.config.SettingsReader.Purpose;
import io.macula.runtime.config.SettingsReader.Read;
import io.macula.runtime.config.SettingsSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gathers the sources of settings around a command line: the environment, and the file named by
/// `--config` or lying in the data directory.
final class Loading {

    private static final String FILE = "macula.conf";

    private final Map<String, String> environment;

    Loading(Map<String, String> environment) {
        this.environment = environment;
    }

    /// Reads the settings.
    ///
    /// @param config
    ///            the file to read, or null for the one of the data directory if there is one
    Read read(Map<String, String> options, @Nullable String config, Purpose purpose) {
        try {
            var file = config == null ? fileOfDataDirectory(options, purpose) : file(config);
            return SettingsReader.read(
                    new SettingsSources(options, environment, file, stateFolder()), purpose);
        } catch (IOException e) {
            return new Read.Wrong(List.of("the configuration file "
                    + (config == null ? FILE : config) + " cannot be read ("
                    + e.getClass().getSimpleName().replace("Exception", "") + ")"));
        }
    }

    /// Where nodes keep their data unless told otherwise.
    Path stateFolder() {
        var home = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
        return DataDirectory.stateFolder(environment, home);
    }

    private SettingsSources.@Nullable File fileOfDataDirectory(Map<String, String> options,
            Purpose purpose) throws IOException {
        var given = options.get("macula.data-dir");
        if (given == null && purpose == Purpose.CLIENT) {
            return null;
        }
        var directory = given != null ? Path.of(given) : defaultDirectory(options);
        var path = directory.resolve(FILE);
        return Files.exists(path) ? file(path.toString()) : null;
    }

    private Path defaultDirectory(Map<String, String> options) {
        var named = environment.getOrDefault("MACULA_DATA_DIR", "");
        var role = options.getOrDefault("macula.role",
                environment.getOrDefault("MACULA_ROLE", "peer"));
        return named.isEmpty() ? stateFolder().resolve(role) : Path.of(named);
    }

    private static SettingsSources.File file(String path) throws IOException {
        return new SettingsSources.File(path, Files.readString(Path.of(path)));
    }
}
