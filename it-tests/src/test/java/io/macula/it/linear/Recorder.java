package io.macula.it.linear;

import io.macula.app.coordination.Fence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What all clients saw, by the thing they saw it of. Shared by threads.
final class Recorder implements Witness {

    private final Map<String, List<Call<RegisterModel.Operation>>> registers = new TreeMap<>();
    private final Map<String, List<Call<LockModel.Operation>>> locks = new TreeMap<>();
    private final List<Passages.Passage> passages = new ArrayList<>();
    private final Sinks sinks;
    private final Map<String, Integer> kinds = new TreeMap<>();
    private final List<Line> notes = new ArrayList<>();
    private final Instant begun = Instant.now();
    private final long begunNanos = System.nanoTime();
    private int passagesUnknown;
    private int answered;
    private int unanswered;

    private record Line(long nanos, String text) {}

    Recorder(Sinks sinks) {
        this.sinks = sinks;
    }

    Sinks sinks() {
        return sinks;
    }

    @Override
    public synchronized void register(String key, Call<RegisterModel.Operation> call) {
        registers.computeIfAbsent(key, _ -> new ArrayList<>()).add(call);
        count(call.operation().getClass().getSimpleName(), call.isKnown());
    }

    @Override
    public synchronized void lock(String name, Call<LockModel.Operation> call) {
        locks.computeIfAbsent(name, _ -> new ArrayList<>()).add(call);
        count(call.operation().getClass().getSimpleName(), call.isKnown());
    }

    @Override
    public synchronized void passage(Passages.Passage passage) {
        passages.add(passage);
        count("Passed", true);
    }

    @Override
    public synchronized void passageUnknown() {
        passagesUnknown++;
        count("PassedMaybe", false);
    }

    private void count(String kind, boolean isAnswered) {
        kinds.merge(kind, 1, Integer::sum);
        if (isAnswered) {
            answered++;
        } else {
            unanswered++;
        }
    }

    /// Something that happens at this moment.
    void note(String what) {
        note(System.nanoTime(), what);
    }

    @Override
    public synchronized void note(long nanos, String what) {
        notes.add(new Line(nanos, what));
    }

    @Override
    public synchronized void aside(long nanos, String kind, String what) {
        kinds.merge(kind, 1, Integer::sum);
        note(nanos, what);
    }

    @Override
    public void writes(String lock, long fence) {
        sinks.write(lock, new Fence(fence));
    }

    /// One line for each thing that cannot have happened, or of which that was not found out.
    synchronized List<String> findings(int parties) {
        var findings = new ArrayList<String>();
        registers.forEach((key, history) -> find(findings, "register " + key,
                new Checker<>(new RegisterModel()).check(history)));
        locks.forEach((name, history) -> find(findings, "lock " + name,
                new Checker<>(new LockModel()).check(history)));
        findings.addAll(Passages.violations(passages, parties, passagesUnknown));
        return findings;
    }

    private static void find(List<String> findings, String thing, Verdict verdict) {
        if (!(verdict instanceof Verdict.Linearizable)) {
            findings.add(thing + ": " + verdict);
        }
    }

    /// What the checker says of each register in which one read that is too old could be planted.
    synchronized List<Verdict> ofPlantedReads() {
        return registers.values()
                .stream()
                .flatMap(history -> StaleRead.plantedIn(history).stream())
                .map(planted -> new Checker<>(new RegisterModel()).check(planted))
                .toList();
    }

    /// All that is known of the run, in the order in which it began: milliseconds since the first line.
    synchronized List<String> history() {
        var lines = new ArrayList<Line>(notes);
        registers.forEach((key, calls) -> calls.forEach(call -> lines.add(line(key, call))));
        locks.forEach((name, calls) -> calls.forEach(call -> lines.add(line(name, call))));
        passages.forEach(passage -> lines.add(new Line(passage.invoked(),
                "barrier " + passage + " until " + millis(passage.returned()))));
        return Stream.concat(Stream.of("begun " + begun),
                lines.stream()
                        .sorted((one, other) -> Long.compare(one.nanos(), other.nanos()))
                        .map(line -> millis(line.nanos()) + " " + line.text()))
                .toList();
    }

    private Line line(String thing, Call<?> call) {
        return new Line(call.invoked(), thing + " " + call.operation()
                + (call.isKnown() ? " until " + millis(call.returned()) : " in doubt"));
    }

    private String millis(long nanos) {
        return "%.3f".formatted((nanos - begunNanos) / 1e6);
    }

    synchronized int answered() {
        return answered;
    }

    synchronized int grants() {
        return kinds.getOrDefault("Granted", 0);
    }

    @Override
    public synchronized String toString() {
        return answered + " answered, " + unanswered + " in doubt, " + kinds;
    }
}
