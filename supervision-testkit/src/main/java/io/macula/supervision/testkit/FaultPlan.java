package io.macula.supervision.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What goes wrong at one place, and the messages that are kept back there. Decides and does nothing:
/// no clock, no actor.
///
/// Every rule that a happening concerns counts it; of those that it hits, the one planned first has
/// its way.
///
/// @param held messages that wait for their release, oldest first
/// @param overtaken the message that the next one passes; null when there is none
record FaultPlan(List<Rule> rules, List<Object> held, @Nullable Object overtaken) {

    static final FaultPlan NONE = new FaultPlan(List.of(), List.of(), null);

    record Step(FaultPlan next, List<Effect> effects) {
        Step {
            effects = List.copyOf(effects);
        }
    }

    FaultPlan {
        rules = List.copyOf(rules);
        held = List.copyOf(held);
    }

    FaultPlan with(Rule rule) {
        var more = new ArrayList<>(rules);
        more.add(rule);
        return new FaultPlan(more, held, overtaken);
    }

    /// The rule planned last has another fault.
    FaultPlan withLast(Fault fault) {
        var changed = new ArrayList<>(rules);
        changed.add(changed.removeLast().with(fault));
        return new FaultPlan(changed, held, overtaken);
    }

    Optional<Fault> last() {
        return rules.isEmpty() ? Optional.empty() : Optional.of(rules.getLast().fault());
    }

    Step on(Happening happening, RandomGenerator random) {
        var counted = new ArrayList<Rule>(rules.size());
        Fault fault = null;
        for (var rule : rules) {
            var now = rule.concerns(happening) ? rule.counted() : rule;
            counted.add(now);
            if (now != rule && now.when().hits(now.count(), random) && fault == null) {
                fault = now.fault();
            }
        }
        var next = new FaultPlan(counted, held, overtaken);
        return happening instanceof Happening.Receives(var message)
                ? next.receive(message, fault)
                : new Step(next, fault == null ? List.of() : next.befall(fault));
    }

    /// A start or a stop.
    private List<Effect> befall(Fault fault) {
        return switch (fault) {
            case Fault.Crash(var cause) -> List.of(new Effect.Fail(cause));
            case Fault.Hang(var deaf) -> List.of(new Effect.Hang(deaf));
            case Fault.Drop _,Fault.Delay _,Fault.Hold _,Fault.Duplicate _,Fault.Reorder _ ->
                throw new IllegalArgumentException("a start or stop is no message: " + fault);
        };
    }

    private Step receive(Object message, @Nullable Fault fault) {
        return switch (fault) {
            case null -> pass(message);
            case Fault.Crash(var cause) -> new Step(this, List.of(new Effect.Fail(cause)));
            case Fault.Drop() -> new Step(this, List.of());
            case Fault.Delay(var by) ->
                new Step(this, List.of(new Effect.GiveLater(message, by)));
            case Fault.Hold() -> new Step(holding(message), List.of());
            case Fault.Duplicate() -> new Step(this,
                    List.of(new Effect.Give(message), new Effect.GiveLast(message)));
            case Fault.Reorder() -> overtaken == null
                    ? new Step(new FaultPlan(rules, held, message), List.of())
                    : pass(message);
            case Fault.Hang(var deaf) ->
                new Step(this, List.of(new Effect.Hang(deaf), new Effect.Give(message)));
        };
    }

    private FaultPlan holding(Object message) {
        var more = new ArrayList<>(held);
        more.add(message);
        return new FaultPlan(rules, more, overtaken);
    }

    private Step pass(Object message) {
        return overtaken == null
                ? new Step(this, List.of(new Effect.Give(message)))
                : new Step(new FaultPlan(rules, held, null),
                        List.of(new Effect.Give(message), new Effect.GiveLast(overtaken)));
    }

    /// Nothing is kept back any more; what was comes in its order.
    Step release() {
        var kept = new ArrayList<>(held);
        if (overtaken != null) {
            kept.add(overtaken);
        }
        var others = rules.stream().filter(rule -> !(rule.fault() instanceof Fault.Hold)).toList();
        return new Step(new FaultPlan(others, List.of(), null),
                kept.stream().<Effect>map(Effect.GiveLast::new).toList());
    }

    /// No fault is left, nothing is kept back.
    Step heal() {
        return new Step(NONE, release().effects());
    }
}
