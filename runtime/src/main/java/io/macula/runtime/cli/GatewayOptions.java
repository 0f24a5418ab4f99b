package io.macula.runtime.cli;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of commands that are peers of their own: whom to dial, and as whom.
final class GatewayOptions {

    @Option(names = "--gateway", paramLabel = "ADDR", description = "The gateway to dial, host:port or macula://ID@host:port "
            + "(default: 127.0.0.1:9443).")
    @Nullable String gateway;

    @Option(names = "--realm", paramLabel = "NAME", description = "The realm (default: local).")
    @Nullable String realm;

    @Option(names = "--realm-secret", paramLabel = "FILE", description = "File with the secret of a closed realm.")
    @Nullable String realmSecret;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "Folder of a key to use again (default: a key for this run).")
    @Nullable String dataDir;

    @Option(names = "--connect-timeout", paramLabel = "TIME", description = "How long to wait for the gateway (default: 10s).")
    @Nullable String connectTimeout;

    /// What was given, by the setting it stands for.
    Map<String, String> settings() {
        var given = new HashMap<String, String>();
        put(given, "macula.client.gateway", gateway);
        put(given, "macula.realm.name", realm);
        put(given, "macula.realm.secret-file", realmSecret);
        put(given, "macula.data-dir", dataDir);
        put(given, "macula.client.connect-timeout", connectTimeout);
        return given;
    }

    static void put(Map<String, String> settings, String key, @Nullable String value) {
        if (value != null) {
            settings.put(key, value);
        }
    }
}
