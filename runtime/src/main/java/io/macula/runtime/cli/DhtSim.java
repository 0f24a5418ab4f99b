package io.macula.runtime.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.dht.sim.SimConfig;
import io.macula.dht.sim.SimDht;
import io.macula.dht.sim.SimGoals;
import io.macula.dht.sim.SimProgress;
import io.macula.dht.sim.SimReport;
import io.macula.runtime.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/// Carries out `sim dht`.
final class DhtSim {

    private static final Duration TELL_EVERY = Duration.ofSeconds(5);

    private final Console console;
    private long toldAtNanos = System.nanoTime();

    DhtSim(Console console) {
        this.console = console;
    }

    int run(SimConfig config, boolean json, boolean check) {
        SimReport report;
        try {
            report = SimDht.run(config, this::tell);
        } catch (CancellationException stopped) {
            console.say("stopped before the end, so there is nothing to report");
            return ExitCode.OK.number();
        } catch (OutOfMemoryError e) {
            return console.fail(ExitCode.FAILED, "the memory did not suffice for "
                    + config.nodes() + " nodes (100 000 need 1 GB); give more with"
                    + " MACULA_JAVA_OPTS=-Xmx8g, or simulate fewer");
        }
        var goals = SimGoals.of(config);
        if (json) {
            console.print(Json.write(json(report)));
        } else {
            Table.lines(rows(report, goals, check)).forEach(console::print);
        }
        return check ? judge(report.check(goals)) : ExitCode.OK.number();
    }

    /// The names of numbers are paths into the object.
    static ObjectNode json(SimReport report) {
        var root = Json.object();
        report.numbers().forEach((name, number) -> {
            var dot = name.indexOf('.');
            var place = dot < 0 ? root : root.withObjectProperty(name.substring(0, dot));
            var field = name.substring(dot + 1);
            if (number instanceof Double fraction) {
                place.put(field, fraction);
            } else {
                place.put(field, number.longValue());
            }
        });
        return root.put("log_hash", report.logHash());
    }

    private int judge(List<SimGoals.Miss> misses) {
        if (misses.isEmpty()) {
            return ExitCode.OK.number();
        }
        return console.fail(ExitCode.FAILED, misses.stream()
                .map(SimGoals.Miss::toString)
                .collect(Collectors.joining("; ")));
    }

    private static List<List<String>> rows(SimReport report, SimGoals goals, boolean check) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("MEASURE", "VALUE", check ? "GOAL" : ""));
        report.numbers()
                .forEach((name, number) -> rows.add(List.of(name, text(number), goals.bounds()
                        .stream()
                        .filter(bound -> check && bound.field().equals(name))
                        .map(SimGoals.Bound::limits)
                        .collect(Collectors.joining()))));
        rows.add(List.of("log_hash", report.logHash(), ""));
        return rows;
    }

    private static String text(Number number) {
        return number instanceof Double fraction
                ? String.format(Locale.ROOT, "%.4f", fraction)
                : number.toString();
    }

    private void tell(SimProgress progress) {
        if (console.stop().isDone()) {
            throw new CancellationException();
        }
        var now = System.nanoTime();
        if (now - toldAtNanos >= TELL_EVERY.toNanos()) {
            toldAtNanos = now;
            console.say(line(progress));
        }
    }

    static String line(SimProgress progress) {
        return String.format(Locale.ROOT, "%s: %.0f %% of the time, %s in, %d nodes, %.1f M events",
                progress.phase().name().toLowerCase(Locale.ROOT), 100 * progress.done(),
                clock(progress.virtualTime()), progress.nodes(), progress.events() / 1e6);
    }

    private static String clock(Duration time) {
        return String.format(Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(),
                time.toSecondsPart());
    }
}
