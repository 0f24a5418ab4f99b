package io.macula.benchmarks.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.cli.Table;
import io.macula.runtime.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What a comparison came to. It is in order when every row was measured and nothing was lost; goals are counted beside that
/// and do not decide it, since a comparison that is lost is a result.
///
/// @param machine where and with which versions it was measured, one fact per line
/// @param skipped peers that could not be measured, and why
/// @param load the machine's load average over a minute before the first run; negative when unknown
/// @param faults what is wrong with the measurement itself, a sentence each: not what is slow
public record Report(List<Row> rows, List<String> machine, Map<String, String> skipped,
        double load, List<String> faults) {

    public Report {
        rows = List.copyOf(rows);
        machine = List.copyOf(machine);
        skipped = Map.copyOf(skipped);
        faults = List.copyOf(faults);
    }

    /// @param lost what else is wrong with the runs, a sentence each
    public static Report of(Comparison.Outcome outcome, List<String> machine,
            Map<String, String> skipped, double load, List<String> lost) {
        var faults = new ArrayList<>(outcome.faults());
        faults.addAll(lost);
        return new Report(outcome.rows(), machine, skipped, load, faults);
    }

    public boolean isOk() {
        return faults.isEmpty();
    }

    long goals() {
        return goalsMet()
                + rows.stream().filter(row -> row.verdict() == Goal.Verdict.MISSED).count();
    }

    long goalsMet() {
        return rows.stream().filter(row -> row.verdict() == Goal.Verdict.MET).count();
    }

    /// For people.
    public List<String> lines() {
        var cells = new ArrayList<List<String>>();
        cells.add(List.of("", "unit", "ours", "peer", "ratio", "goal", "verdict"));
        rows.forEach(row -> cells.add(cells(row)));
        var lines = new ArrayList<>(machine);
        skipped.forEach((peer, reason) -> lines.add(peer + " is skipped: " + reason));
        rows.forEach(row -> row.unreached()
                .forEach((peer, why) -> lines.add(
                        peer + " did not get there in '" + row.name() + "': " + why)));
        faults.forEach(fault -> lines.add("FAULT: " + fault));
        lines.add("");
        lines.addAll(Table.lines(cells));
        lines.add("");
        lines.add(goalsMet() + " of " + goals() + " goals met");
        return lines;
    }

    private static List<String> cells(Row row) {
        var peers = new TreeMap<>(row.peers());
        return List.of(row.name(), row.unit(), Figures.text(row.ours()),
                peers.isEmpty()
                        ? "-"
                        : String.join(", ",
                                peers.entrySet()
                                        .stream()
                                        .map(peer -> peer.getKey() + " "
                                                + Figures.text(peer.getValue()))
                                        .toList()),
                peers.isEmpty()
                        ? "-"
                        : String.join(", ",
                                row.ratios().values().stream().map(Figures::ratio).toList()),
                row.goal().text(),
                switch (row.verdict()) {
                    case MET -> "met";
                    case MISSED -> "MISSED";
                    case SKIPPED -> "skipped";
                    case NONE -> "-";
                });
    }

    /// For programs; `ok` of a row without a goal is null.
    public JsonNode json() {
        var json = Json.object();
        json.put("ok", isOk()).put("goals", goals()).put("goals_met", goalsMet()).put("load", load);
        var facts = json.putArray("machine");
        machine.forEach(facts::add);
        var reasons = json.putObject("skipped");
        new TreeMap<>(skipped).forEach(reasons::put);
        var wrong = json.putArray("faults");
        faults.forEach(wrong::add);
        var lines = json.putArray("rows");
        rows.forEach(row -> write(row, lines.addObject()));
        return json;
    }

    private static void write(Row row, ObjectNode json) {
        json.put("name", row.name()).put("unit", row.unit()).put("ours", row.ours().median());
        var peers = json.putObject("peers");
        new TreeMap<>(row.peers()).forEach((name, theirs) -> peers.put(name, theirs.median()));
        new TreeMap<>(row.peers()).forEach((name, theirs) -> json.put(name, theirs.median()));
        var ratios = json.putObject("ratio");
        row.ratios().forEach(ratios::put);
        json.put("goal", row.goal().text());
        switch (row.verdict()) {
            case MET -> json.put("ok", true);
            case MISSED -> json.put("ok", false);
            case SKIPPED, NONE -> json.putNull("ok");
        }
        json.put("verdict", row.verdict().name().toLowerCase(Locale.ROOT));
        var unreached = json.putObject("unreached");
        new TreeMap<>(row.unreached()).forEach(unreached::put);
    }
}
