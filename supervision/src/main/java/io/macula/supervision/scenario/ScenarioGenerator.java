package io.macula.supervision.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Makes scenarios from a seed: nested and dynamic supervisors, bursts, and pauses that let the restart
/// window slide. The same seed gives the same scenario.
public final class ScenarioGenerator {

    private static final List<String> STRATEGIES = List.of("one_for_one", "one_for_all",
            "rest_for_one");
    private static final List<String> RESTARTS = List.of("permanent", "transient", "temporary");
    private static final List<String> REASONS = List.of("normal", "shutdown", "shutdown_x", "error",
            "error", "error", "kill");
    /// Longer than the sliding period by more than the whole second that OTP rounds by.
    private static final String PAUSE = "wait 3300";
    private static final int DEPTH_MAX = 3;
    /// Neighbouring seeds would begin with nearly the same numbers otherwise.
    private static final long SCRAMBLE = 0x9E37_79B9_7F4A_7C15L;

    private final Random random;
    private final boolean sliding;
    private final List<String> lines = new ArrayList<>();
    private final Map<String, List<String>> children = new LinkedHashMap<>();
    private final List<String> dynamic = new ArrayList<>();
    private int workers;
    private int supervisors;
    private int pauses;

    private ScenarioGenerator(long seed) {
        this.random = new Random(seed * SCRAMBLE);
        this.sliding = random.nextInt(4) == 0;
    }

    public static Scenario scenario(long seed) {
        var generator = new ScenarioGenerator(seed);
        generator.generate();
        var text = new ArrayList<String>();
        text.add("== seed " + seed);
        text.addAll(generator.lines);
        return ScenarioFile.parse(text).getFirst();
    }

    private void generate() {
        if (random.nextInt(6) == 0) {
            lines.add("sup " + dynamicHead());
            children.put("", new ArrayList<>());
            dynamic.add("");
        } else {
            var auto = auto();
            lines.add("sup " + head(auto));
            declare("", auto, 1);
        }
        lines.add("go");
        if (sliding) {
            slide();
        }
        int count = 4 + random.nextInt(12);
        for (int i = 0; i < count; i++) {
            stimulus();
        }
        children.keySet().forEach(at -> lines.add("state" + tag(at)));
        lines.add("stop");
    }

    // --- declarations

    private String period() {
        return sliding ? "2" : "60";
    }

    private String head(String auto) {
        return pick(STRATEGIES) + " " + random.nextInt(sliding ? 3 : 6) + " " + period() + " "
                + auto;
    }

    private String dynamicHead() {
        return "dynamic " + random.nextInt(5) + " " + period() + " " + pick(RESTARTS) + " "
                + shutdown();
    }

    private String auto() {
        return pick(List.of("never", "never", "any_significant", "all_significant"));
    }

    private String shutdown() {
        return pick(List.of("50", "80", "infinity", "brutal_kill"));
    }

    private void declare(String supervisor, String auto, int depth) {
        children.put(supervisor, new ArrayList<>());
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            if (depth < DEPTH_MAX && random.nextInt(3) == 0) {
                nested(auto, depth);
            } else {
                lines.add("child " + worker(supervisor, auto));
            }
        }
    }

    private void nested(String above, int depth) {
        var id = "n" + ++supervisors;
        var rule = "tree " + id + " " + pick(List.of("permanent", "permanent", "transient"))
                + " infinity ";
        if (random.nextInt(3) == 0) {
            lines.add(rule + dynamicHead());
            children.put(id, new ArrayList<>());
            dynamic.add(id);
        } else {
            var auto = auto();
            var significant = !above.equals("never") && rule.contains("transient")
                    && random.nextBoolean();
            lines.add(rule + head(auto) + (significant ? " true" : ""));
            declare(id, auto, depth + 1);
        }
        lines.add("end");
    }

    private String worker(String supervisor, String auto) {
        var id = "w" + ++workers;
        children.getOrDefault(supervisor, new ArrayList<>()).add(id);
        var restart = pick(RESTARTS);
        var significant = !auto.equals("never") && !restart.equals("permanent")
                && random.nextBoolean();
        return id + " " + restart + " " + shutdown() + (significant ? " true" : "");
    }

    // --- stimuli

    private void stimulus() {
        var at = pick(List.copyOf(children.keySet()));
        var known = children.getOrDefault(at, List.of());
        int dice = random.nextInt(100);
        if (known.isEmpty() || dice < 10) {
            start(at);
        } else if (dice < 45) {
            lines.add("exit " + pick(known) + " " + pick(REASONS));
        } else if (dice < 57) {
            burst(at, known);
        } else if (dice < 69) {
            lines.add("failnext " + pick(known) + " " + (1 + random.nextInt(3)));
        } else if (dice < 72 && !dynamic.contains(at)) {
            lines.add("ignorenext " + pick(known) + " 1");
        } else if (dice < 80 && sliding && pauses < 2) {
            pauses++;
            lines.add(PAUSE);
        } else if (dice < 94) {
            lines.add(pick(List.of("terminate", "terminate", "restart", "restart", "delete"))
                    + tag(at) + " "
                    + pick(known));
        } else {
            lines.add("state" + tag(at));
        }
    }

    /// Uses up much of the window, lets it slide past, and does so again.
    private void slide() {
        var all = children.values().stream().flatMap(List::stream).toList();
        for (int round = 0; round < 3 && !all.isEmpty(); round++) {
            for (int crashes = 1 + random.nextInt(2); crashes > 0; crashes--) {
                lines.add("exit " + pick(all) + " error");
            }
            lines.add(PAUSE);
        }
    }

    private void start(String at) {
        if (dynamic.contains(at)) {
            var id = "x" + ++workers;
            children.getOrDefault(at, new ArrayList<>()).add(id);
            lines.add("start" + tag(at) + " " + id);
        } else {
            lines.add("start" + tag(at) + " " + worker(at, "never"));
        }
    }

    private void burst(String at, List<String> known) {
        lines.add("burst" + tag(at));
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            lines.add("exit " + pick(known) + " " + pick(REASONS));
        }
        lines.add("end");
    }

    private static String tag(String at) {
        return at.isEmpty() ? "" : "@" + at;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
