package io.macula.supervision.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/// Makes schedules of faults, and makes those that break something shorter.
final class Schedules {

    private static final List<Integer> PAUSES = List.of(1, 100, 1_000, 6_000, 61_000);
    private static final int TRIES_MAX = 400;
    /// Neighbouring seeds would begin with nearly the same numbers otherwise.
    private static final long SCRAMBLE = 0x9E37_79B9_7F4A_7C15L;

    private final Random random;
    private final List<Act.Kind> kinds;
    private final List<String> workers;
    private final List<String> supervisors;

    Schedules(long seed, List<Act.Kind> kinds, List<String> workers, List<String> supervisors) {
        this.random = new Random(seed * SCRAMBLE);
        this.kinds = kinds;
        this.workers = workers;
        this.supervisors = supervisors;
    }

    List<Act> next(int actsMax) {
        var acts = new ArrayList<Act>();
        for (int left = 1 + random.nextInt(actsMax); left > 0; left--) {
            acts.add(act());
        }
        return acts;
    }

    private Act act() {
        var kind = pick(kinds);
        if (kind == Act.Kind.TIME_PASSES) {
            return new Act.TimePasses(pick(PAUSES));
        }
        if (kind == Act.Kind.TRAFFIC || workers.isEmpty()) {
            return new Act.Messages();
        }
        var place = kind.fitsSupervisors() && !supervisors.isEmpty() && random.nextInt(4) == 0
                ? pick(supervisors)
                : pick(workers);
        return new Act.At(kind, place, 1 + random.nextInt(3));
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /// The smallest schedule found by leaving out runs of acts, halves first, and by simpler acts.
    static List<Act> shrink(List<Act> broken, Predicate<List<Act>> stillBreaks) {
        int[] tries = {TRIES_MAX};
        Predicate<List<Act>> judge = acts -> tries[0]-- > 0 && stillBreaks.test(acts);
        var best = broken;
        for (var before = List.<Act>of(); !best.equals(before);) {
            before = best;
            best = simplified(shortened(best, judge), judge);
        }
        return best;
    }

    private static List<Act> shortened(List<Act> acts, Predicate<List<Act>> stillBreaks) {
        var best = acts;
        for (int size = Math.max(1, best.size() / 2); size >= 1;) {
            var smaller = without(best, size, stillBreaks);
            if (smaller.equals(best)) {
                size /= 2;
            } else {
                best = smaller;
            }
        }
        return best;
    }

    private static List<Act> without(List<Act> acts, int size, Predicate<List<Act>> stillBreaks) {
        for (int from = acts.size() - size; from >= 0; from--) {
            var fewer = new ArrayList<>(acts);
            fewer.subList(from, from + size).clear();
            if (stillBreaks.test(fewer)) {
                return fewer;
            }
        }
        return acts;
    }

    private static List<Act> simplified(List<Act> acts, Predicate<List<Act>> stillBreaks) {
        var best = new ArrayList<>(acts);
        for (int at = 0; at < best.size(); at++) {
            for (var simpler : best.get(at).simpler()) {
                var changed = new ArrayList<>(best);
                changed.set(at, simpler);
                if (stillBreaks.test(changed)) {
                    best = changed;
                    break;
                }
            }
        }
        return best;
    }
}
