package io.macula.runtime.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads the settings of one run out of their sources: options, environment, file, defaults, in
/// that order. Pure but for looking up host names; every problem found is told, not just the first.
public final class SettingsReader {

    /// What the settings are for.
    public enum Purpose {
        /// A node that stays: it has a data directory and serves health.
        NODE,
        /// A command that is a peer of its own for as long as it runs: it dials `client.gateway`,
        /// serves nothing, and keeps a data directory only when an option names one.
        CLIENT
    }

    /// What became of the sources.
    public sealed interface Read {
        record Ok(Settings settings) implements Read {}

        /// One sentence per problem, at least one.
        record Wrong(List<String> problems) implements Read {

            public Wrong {
                problems = List.copyOf(problems);
            }
        }
    }

    private static final String ROOT = "macula";

    /// Variables of the `macula` script; they are none of the node's business.
    private static final List<String> FOREIGN_VARIABLES = List.of("MACULA_JAVA_OPTS");

    private final SettingsSources sources;
    private final Purpose purpose;
    private final List<String> problems = new ArrayList<>();

    private SettingsReader(SettingsSources sources, Purpose purpose) {
        this.sources = sources;
        this.purpose = purpose;
    }

    /// The settings, or everything that is wrong with them.
    public static Read read(SettingsSources sources, Purpose purpose) {
        return new SettingsReader(sources, purpose).read();
    }

    /// The defaults of `reference.conf`, without anything of the system's properties.
    static Config reference() {
        var loader = SettingsReader.class.getClassLoader();
        return ConfigFactory.parseResources(loader, "reference.conf").resolve().withOnlyPath(ROOT);
    }

    private Read read() {
        var merged = options()
                .withFallback(environment())
                .withFallback(file())
                .withFallback(reference());
        if (!problems.isEmpty()) {
            return new Read.Wrong(problems);
        }
        return new SettingsBuilder(merged, sources, purpose).build();
    }

    private Config options() {
        var config = ConfigFactory.empty();
        for (var option : sources.options().entrySet()) {
            var value = ConfigValueFactory.fromAnyRef(option.getValue(), "the command line");
            config = config.withValue(option.getKey(), value);
        }
        check(config);
        return config;
    }

    private Config environment() {
        var config = ConfigFactory.empty();
        for (var variable : sources.environment().entrySet()) {
            if (variable.getKey().startsWith("MACULA_")
                    && !FOREIGN_VARIABLES.contains(variable.getKey())) {
                config = withVariable(config, variable);
            }
        }
        check(config);
        return config;
    }

    private Config withVariable(Config config, Map.Entry<String, String> variable) {
        var key = SettingKey.ofVariable(variable.getKey());
        if (key.isEmpty()) {
            problems.add("there is no setting for the environment variable " + variable.getKey()
                    + didYouMean(variable.getKey(),
                            SettingKey.ALL.stream().map(SettingKey::variable).toList()));
            return config;
        }
        var origin = "the environment variable " + variable.getKey();
        return config.withValue(key.get().path(),
                ConfigValueFactory.fromAnyRef(variable.getValue(), origin));
    }

    private Config file() {
        return sources.configuration().map(this::parse).orElse(ConfigFactory.empty());
    }

    private Config parse(SettingsSources.File file) {
        try {
            var options = ConfigParseOptions.defaults()
                    .setSyntax(ConfigSyntax.CONF)
                    .setOriginDescription(file.name());
            var config = ConfigFactory.parseString(file.text(), options).resolve();
            check(config);
            return config;
        } catch (ConfigException e) {
            problems.add("the configuration cannot be read: " + e.getMessage());
            return ConfigFactory.empty();
        }
    }

    /// Every key under `macula` has to be known and every value of its form; other roots, such as
    /// `pekko`, are not ours to judge.
    private void check(Config config) {
        if (!config.root().containsKey(ROOT)) {
            return;
        }
        check(ROOT, config.root().get(ROOT));
    }

    private void check(String path, ConfigValue value) {
        var key = SettingKey.of(path);
        if (key.isPresent()) {
            checkForm(key.get(), value);
        } else if (value instanceof ConfigObject group && !group.isEmpty()) {
            group.forEach((name, inner) -> check(path + "." + name, inner));
        } else if (isGroup(path)) {
            problems.add(path + " (" + place(value.origin())
                    + ") is a group of settings and cannot have a value of its own");
        } else {
            problems.add("there is no setting " + path + " (" + place(value.origin()) + ")"
                    + didYouMean(path, SettingKey.ALL.stream().map(SettingKey::path).toList()));
        }
    }

    private void checkForm(SettingKey key, ConfigValue value) {
        if (!key.form().accepts(value)) {
            var written = switch (value.valueType()) {
                case STRING, NUMBER, BOOLEAN -> "'" + value.unwrapped() + "'";
                case OBJECT -> "a group";
                case LIST -> "this list";
                case NULL -> "null";
            };
            problems.add(key.path() + " (" + place(value.origin()) + ") has to be "
                    + key.form().expected() + ", not " + written);
        }
    }

    private static boolean isGroup(String path) {
        return SettingKey.ALL.stream().anyMatch(key -> key.path().startsWith(path + "."));
    }

    private static String place(ConfigOrigin origin) {
        var line = origin.lineNumber();
        var description = origin.description().replaceFirst(": [0-9]+(-[0-9]+)?$", "");
        return line > 0 ? description + ", line " + line : description;
    }

    private static String didYouMean(String word, List<String> known) {
        // Without the part that all have in common, which would make everything look alike.
        var prefix = ROOT.length() + 1;
        var names = known.stream().map(name -> name.substring(prefix)).toList();
        return Nearest.to(word.substring(prefix), names)
                .map(near -> ": did you mean " + word.substring(0, prefix) + near + "?")
                .orElse("");
    }
}
