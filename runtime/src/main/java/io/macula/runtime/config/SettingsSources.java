package io.macula.runtime.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The places settings come from, strongest first.
///
/// @param options
///            full key to text, as given on the command line
/// @param environment
///            the whole environment; only `MACULA_*` is read
/// @param file
///            the configuration file, or null for none
/// @param stateFolder
///            the user's state folder of Macula, where default data directories lie
public record SettingsSources(Map<String, String> options, Map<String, String> environment,
        @Nullable File file, Path stateFolder) {

    public SettingsSources {
        options = Map.copyOf(options);
        environment = Map.copyOf(environment);
    }

    public Optional<File> configuration() {
        return Optional.ofNullable(file);
    }

    /// A configuration file that has been read.
    public record File(String name, String text) {}
}
