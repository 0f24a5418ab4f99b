package io.macula.runtime.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.crdt.sim.SimConfig;
import io.macula.crdt.sim.SimReport;
import io.macula.crdt.sim.Simulation;
import io.macula.runtime.json.Json;
import java.util.ArrayList;
import java.util.List;

/// Carries out `sim crdt`.
final class CrdtSim {

    private final Console console;

    CrdtSim(Console console) {
        this.console = console;
    }

    int run(SimConfig config, boolean json) {
        SimReport report;
        try {
            report = Simulation.run(config);
        } catch (OutOfMemoryError e) {
            return console.fail(ExitCode.FAILED, "the memory did not suffice for " + config.ops()
                    + " updates; give more with MACULA_JAVA_OPTS=-Xmx8g, or simulate fewer");
        }
        if (json) {
            console.print(Json.write(json(report)));
        } else {
            Table.lines(rows(report)).forEach(console::print);
        }
        if (report.caught()) {
            return console.fail(ExitCode.FAILED, "a promise was broken: " + report.violation());
        }
        return report.converged()
                ? ExitCode.OK.number()
                : console.fail(ExitCode.FAILED, "the replicas did not end alike");
    }

    static ObjectNode json(SimReport report) {
        var root = Json.object().put("converged", report.converged());
        var fingerprints = root.putArray("fingerprints");
        report.fingerprints().forEach(fingerprints::add);
        root.put("log_hash", report.logHash())
                .put("caught", report.caught())
                .put("violation", report.violation())
                .put("heal_ms", report.healMillis())
                .put("ops", report.ops())
                .put("busy", report.busy())
                .put("entries", report.entries());
        var traffic = report.traffic();
        root.putObject("traffic")
                .put("frames", traffic.frames())
                .put("lost", traffic.lost())
                .put("bytes", traffic.bytes())
                .put("frame_bytes_max", traffic.bytesMax())
                .put("idle_bytes_per_second", traffic.idleBytesPerSecond());
        var faults = report.faults();
        root.putObject("faults")
                .put("crashes", faults.crashes())
                .put("disks_lost", faults.disksLost())
                .put("writes_lost", faults.writesLost())
                .put("partitions", faults.partitions())
                .put("epochs", faults.epochs());
        return root;
    }

    private static List<List<String>> rows(SimReport report) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("MEASURE", "VALUE"));
        json(report).properties().forEach(field -> {
            if (field.getValue() instanceof ObjectNode group) {
                group.properties()
                        .forEach(inner -> rows.add(List.of(field.getKey() + "." + inner.getKey(),
                                inner.getValue().asText())));
            } else if (field.getValue().isArray()) {
                var number = 1;
                for (var each : field.getValue()) {
                    rows.add(List.of("fingerprint." + number++, each.asText()));
                }
            } else {
                rows.add(List.of(field.getKey(), field.getValue().asText()));
            }
        });
        return rows;
    }
}
