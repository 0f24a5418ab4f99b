package io.macula.runtime.cli;

import static io.macula.runtime.cli.GatewayOptions.put;

import io.macula.runtime.config.Settings;
import io.macula.runtime.config.SettingsReader.Purpose;
import io.macula.runtime.config.SettingsReader.Read;
import io.macula.runtime.control.ControlClient;
import io.macula.runtime.control.ControlClient.Answer;
import io.macula.runtime.doctor.Doctor;
import io.macula.runtime.doctor.Finding;
import io.macula.runtime.json.Json;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Looks for what keeps a node from running well here.
@Command(name = "doctor", header = "Look for what keeps a node from running well on this machine.", description = {
    "Java, native QUIC, UDP, ports, Cluster, clock, identity, realm, disk, file limits; of each what was found and what to do. Changes nothing, and may run beside the node.",
    "Exit code 1 when something is wrong; a warning is not."})
final class DoctorCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Console console;

    @Option(names = "--role", paramLabel = "ROLE", description = "gateway or peer: whose settings (default: peer).")
    @Nullable String role;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "The node's folder (default: that of the role).")
    @Nullable String dataDir;

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration file (default: macula.conf in the data directory).")
    @Nullable String config;

    @Option(names = "--clock-of", paramLabel = "URL", description = "HTTP address of another node to compare the clock with, such as http://10.0.0.7:9080.")
    @Nullable URI clockOf;

    @Option(names = "--json", description = "Print one JSON object for each look.") boolean json;

    DoctorCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var given = new HashMap<String, String>();
        put(given, "macula.role", role);
        put(given, "macula.data-dir", dataDir);
        var read = new Loading(console.environment()).read(given, config, Purpose.NODE);
        return switch (read) {
            case Read.Wrong wrong -> {
                wrong.problems().forEach(problem -> console.fail(ExitCode.USAGE, problem));
                yield ExitCode.USAGE.number();
            }
            case Read.Ok(var settings) -> tell(Doctor.look(settings.node(), running(settings),
                    Optional.ofNullable(clockOf)));
        };
    }

    /// Of a node that runs with these settings, how many changes it saw whose time was too far ahead.
    private static OptionalLong running(Settings settings) {
        return settings.node()
                .dataDirectory()
                .map(folder -> new ControlClient(folder, PATIENCE).status())
                .map(answer -> answer instanceof Answer.Ok(var json)
                        ? OptionalLong.of(json.path("status").path("state_skewed").asLong())
                        : OptionalLong.empty())
                .orElse(OptionalLong.empty());
    }

    private int tell(List<Finding> findings) {
        if (json) {
            findings.forEach(finding -> console.print(Json.write(Json.object()
                    .put("check", finding.check())
                    .put("verdict", word(finding))
                    .put("found", finding.found())
                    .put("todo", finding.todo()))));
        } else {
            Table.lines(findings.stream()
                    .map(finding -> List.of(word(finding), finding.check(), finding.found()))
                    .toList()).forEach(console::print);
            findings.stream()
                    .filter(finding -> !finding.todo().isEmpty())
                    .forEach(finding -> console.print(finding.check() + ": " + finding.todo()));
        }
        return findings.stream().anyMatch(each -> each.verdict() == Finding.Verdict.WRONG)
                ? ExitCode.FAILED.number()
                : ExitCode.OK.number();
    }

    private static String word(Finding finding) {
        return finding.verdict().name().toLowerCase(Locale.ROOT);
    }
}
