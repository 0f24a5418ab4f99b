package io.macula.it.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What all clients saw, by the thing they saw it of. Shared by threads.
final class Recorder {

    private final Map<String, List<Call<RegisterModel.Operation>>> registers = new TreeMap<>();
    private final Map<String, List<Call<LockModel.Operation>>> locks = new TreeMap<>();
    private final List<Passages.Passage> passages = new ArrayList<>();
    private int passagesUnknown;
    private int answered;
    private int unanswered;

    synchronized void register(String key, Call<RegisterModel.Operation> call) {
        registers.computeIfAbsent(key, _ -> new ArrayList<>()).add(call);
        count(call.isKnown());
    }

    synchronized void lock(String name, Call<LockModel.Operation> call) {
        locks.computeIfAbsent(name, _ -> new ArrayList<>()).add(call);
        count(call.isKnown());
    }

    synchronized void passage(Passages.Passage passage) {
        passages.add(passage);
        count(true);
    }

    synchronized void passageUnknown() {
        passagesUnknown++;
        count(false);
    }

    private void count(boolean isAnswered) {
        if (isAnswered) {
            answered++;
        } else {
            unanswered++;
        }
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

    synchronized int answered() {
        return answered;
    }

    synchronized int grants() {
        return (int) locks.values()
                .stream()
                .flatMap(List::stream)
                .filter(call -> call.operation() instanceof LockModel.Operation.Granted)
                .count();
    }

    synchronized int passages() {
        return passages.size();
    }

    @Override
    public synchronized String toString() {
        return answered + " answered, " + unanswered + " in doubt, " + grants() + " grants, "
                + passages.size() + " passages";
    }
}
