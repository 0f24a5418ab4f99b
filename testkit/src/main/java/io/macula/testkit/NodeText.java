package io.macula.testkit;

import com.typesafe.config.ConfigUtil;
import io.macula.runtime.NodeSettings;
import io.macula.runtime.config.SettingsReader;
import io.macula.runtime.config.SettingsReader.Purpose;
import io.macula.runtime.config.SettingsReader.Read;
import io.macula.runtime.config.SettingsSources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The `macula.conf` of one node of a mesh. Times are shorter than an operator would have them, so that tests are
/// quick; `settings` of the annotation come last and win.
record NodeText(Plan plan, int number, int quicPort, List<String> peers) {

    /// @throws IllegalArgumentException
    ///             with everything that is wrong with the lines of the annotation
    NodeSettings read() {
        var sources = new SettingsSources(Map.of(), Map.of(),
                new SettingsSources.File("the settings of the mesh", text()), plan.folder());
        return switch (SettingsReader.read(sources, Purpose.NODE)) {
            case Read.Ok(var settings) -> settings.node();
            case Read.Wrong(var problems) ->
                throw new IllegalArgumentException(String.join("; ", problems));
        };
    }

    Path folder() {
        return plan.folder().resolve("node" + number);
    }

    private String text() {
        var text = """
            macula {
              name = node%d
              role = %s
              data-dir = %s
              realm.name = testkit
              quic.port = %4$d
              mesh.port = %4$d
              http.enabled = false
              peers = [%5$s]
              link.heartbeat = 500 ms
              faults.allow = true
            }
            """.formatted(number, number == 0 ? "gateway" : "peer",
                ConfigUtil.quoteString(folder().toString()), quicPort, quoted(peers));
        return text + (plan.isCluster() ? member() : "") + String.join("\n", plan.settings());
    }

    private String member() {
        return """
            macula.cluster {
              enabled = true
              port = %d
              seeds = [%s]
              silence-max = 2 s
              stable-after = 2 s
            }
            macula.coordination { enabled = true, port = 0 }
            """.formatted(plan.memberPorts().get(number),
                quoted(plan.memberPorts().stream().map(port -> "127.0.0.1:" + port).toList()));
    }

    private static String quoted(List<String> texts) {
        return texts.stream().map(ConfigUtil::quoteString).collect(Collectors.joining(", "));
    }
}
