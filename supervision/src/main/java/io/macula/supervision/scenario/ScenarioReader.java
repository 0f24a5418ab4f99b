package io.macula.supervision.scenario;

import io.macula.supervision.AutoShutdown;
import io.macula.supervision.Restart;
import io.macula.supervision.Shutdown;
import io.macula.supervision.Strategy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Understands the lines of one scenario.
final class ScenarioReader {

    private static final Set<String> REASONS = Set.of("normal", "shutdown", "shutdown_x", "error",
            "kill");
    private static final int DEPTH_MAX = 8;

    /// A supervisor whose children are still being declared.
    private record Open(String id, Declaration.Rule rule, Declaration bare,
            List<Declaration.Item> items) {

        Declaration closed() {
            return new Declaration(bare.strategy(), bare.intensity(), bare.period(),
                    bare.autoShutdown(),
                    bare.template(), items);
        }
    }

    private final Deque<Open> open = new ArrayDeque<>();
    private final List<Stimulus> stimuli = new ArrayList<>();
    private final List<Stimulus.End> burst = new ArrayList<>();
    private @Nullable String burstAt;

    void line(int number, String line) {
        var words = List.of(line.split("\\s+"));
        try {
            read(words.getFirst(), words.subList(1, words.size()));
        } catch (IllegalArgumentException | IndexOutOfBoundsException
                | NoSuchElementException fault) {
            throw new ScenarioFormatException(number, "'" + line + "' is not understood");
        }
    }

    Declaration declaration(int number) {
        if (open.size() != 1 || burstAt != null) {
            throw new ScenarioFormatException(number,
                    open.isEmpty()
                            ? "a scenario needs a 'sup' line"
                            : "an 'end' is missing");
        }
        return open.getFirst().closed();
    }

    List<Stimulus> stimuli() {
        return List.copyOf(stimuli);
    }

    private void read(String word, List<String> rest) {
        var at = word.indexOf('@') < 0 ? "" : word.substring(word.indexOf('@') + 1);
        var verb = at.isEmpty() ? word : word.substring(0, word.indexOf('@'));
        switch (verb) {
            case "sup" -> sup(rest);
            case "tree" -> tree(rest);
            case "child" -> declared().items().add(worker(rest));
            case "end" -> end();
            case "burst" -> burstAt = at;
            case "exit" -> exit(rest);
            default -> stimuli.add(stimulus(verb, at, rest));
        }
    }

    private Stimulus stimulus(String verb, String at, List<String> rest) {
        return switch (verb) {
            case "go" -> new Stimulus.Go();
            case "failnext" -> new Stimulus.FailNext(rest.getFirst(), number(rest.get(1)));
            case "ignorenext" -> new Stimulus.IgnoreNext(rest.getFirst(), number(rest.get(1)));
            case "stuck" -> new Stimulus.Stuck(rest.getFirst());
            case "start" -> new Stimulus.Start(at, worker(rest));
            case "terminate" -> new Stimulus.Terminate(at, rest.getFirst());
            case "restart" -> new Stimulus.Restart(at, rest.getFirst());
            case "delete" -> new Stimulus.Delete(at, rest.getFirst());
            case "state" -> new Stimulus.State(at);
            case "wait" -> new Stimulus.Wait(Duration.ofMillis(number(rest.getFirst())));
            case "stop" -> new Stimulus.Stop();
            default -> throw new IllegalArgumentException(verb);
        };
    }

    private void sup(List<String> words) {
        if (!open.isEmpty()) {
            throw new IllegalArgumentException("a second sup");
        }
        open.push(new Open("", Declaration.Rule.PLAIN, bare(words), new ArrayList<>()));
    }

    /// `tree ID RESTART SHUTDOWN STRATEGY INTENSITY PERIOD AUTO [SIGNIFICANT]`
    private void tree(List<String> words) {
        if (open.size() == DEPTH_MAX) {
            throw new IllegalArgumentException("too deep");
        }
        var rule = rule(words.get(1), words.get(2),
                words.size() > 7 && words.get(7).equals("true"));
        open.push(new Open(words.getFirst(), rule, bare(words.subList(3, words.size())),
                new ArrayList<>()));
    }

    private Open declared() {
        if (open.isEmpty()) {
            throw new IllegalArgumentException("no sup");
        }
        return open.getFirst();
    }

    private void end() {
        if (burstAt != null) {
            stimuli.add(new Stimulus.Burst(burstAt, burst));
            burst.clear();
            burstAt = null;
        } else if (open.size() > 1) {
            var done = open.pop();
            declared().items().add(new Declaration.Nested(done.id(), done.rule(), done.closed()));
        } else {
            throw new IllegalArgumentException("nothing to end");
        }
    }

    private void exit(List<String> words) {
        if (!REASONS.contains(words.get(1))) {
            throw new IllegalArgumentException(words.get(1));
        }
        var end = new Stimulus.End(words.getFirst(), words.get(1));
        if (burstAt == null) {
            stimuli.add(end);
        } else {
            burst.add(end);
        }
    }

    /// `STRATEGY INTENSITY PERIOD AUTO`, or `dynamic INTENSITY PERIOD RESTART SHUTDOWN [AUTO]`.
    private static Declaration bare(List<String> words) {
        var strategy = constant(Strategy.class, words.getFirst());
        var period = Duration.ofSeconds(number(words.get(2)));
        if (strategy == Strategy.DYNAMIC) {
            var auto = words.size() > 5
                    ? constant(AutoShutdown.class, words.get(5))
                    : AutoShutdown.NEVER;
            return new Declaration(strategy, number(words.get(1)), period, auto,
                    rule(words.get(3), words.get(4), false), List.of());
        }
        return new Declaration(strategy, number(words.get(1)), period,
                constant(AutoShutdown.class, words.get(3)), Declaration.Rule.PLAIN, List.of());
    }

    /// `ID RESTART SHUTDOWN [SIGNIFICANT]`; of a dynamic supervisor only `ID`.
    private static Declaration.Worker worker(List<String> words) {
        if (words.size() == 1) {
            return new Declaration.Worker(words.getFirst(), Declaration.Rule.PLAIN);
        }
        return new Declaration.Worker(words.getFirst(),
                rule(words.get(1), words.get(2), words.size() > 3 && words.get(3).equals("true")));
    }

    private static Declaration.Rule rule(String restart, String shutdown, boolean significant) {
        return new Declaration.Rule(constant(Restart.class, restart), switch (shutdown) {
            case "infinity" -> Shutdown.infinity();
            case "brutal_kill" -> Shutdown.brutalKill();
            default -> Shutdown.timeout(Duration.ofMillis(number(shutdown)));
        }, significant);
    }

    private static int number(String word) {
        var value = Integer.parseInt(word);
        if (value < 0) {
            throw new IllegalArgumentException(word);
        }
        return value;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }
}
