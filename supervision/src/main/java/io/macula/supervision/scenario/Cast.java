package io.macula.supervision.scenario;

import io.macula.supervision.Child;
import io.macula.supervision.Key;
import io.macula.supervision.Spec;
import io.macula.supervision.Strategy;
import io.macula.supervision.Supervisor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Turns what a scenario declares into specs whose children are puppets.
final class Cast {

    private final Stage stage;

    Cast(Stage stage) {
        this.stage = stage;
    }

    /// @throws IllegalArgumentException when OTP would refuse such a supervisor
    Spec spec(Declaration declaration) {
        var bare = switch (declaration.strategy()) {
            case ONE_FOR_ONE -> Supervisor.oneForOne();
            case ONE_FOR_ALL -> Supervisor.oneForAll();
            case REST_FOR_ONE -> Supervisor.restForOne();
            case DYNAMIC -> Supervisor.dynamic(Integer.MAX_VALUE);
        };
        var children = new ArrayList<Child<?>>();
        for (var item : declaration.items()) {
            children.add(child(item));
        }
        return bare.intensity(declaration.intensity(), declaration.period())
                .autoShutdown(declaration.autoShutdown())
                .children(children);
    }

    private Child<?> child(Declaration.Item item) {
        return switch (item) {
            case Declaration.Worker worker -> worker(worker.id(), worker.rule());
            case Declaration.Nested(var id, var rule, var nested) ->
                rule(Child.supervisor(id, spec(nested)), rule);
        };
    }

    Child<Puppet.Command> worker(String id, Declaration.Rule rule) {
        return rule(Child.of(Key.of(id), _ -> Puppet.create(id, stage)), rule);
    }

    private static <T> Child<T> rule(Child<T> child, Declaration.Rule rule) {
        return child.restart(rule.restart())
                .shutdown(rule.shutdown())
                .significant(rule.significant());
    }

    /// Where each supervisor is, by the name that stimuli use for it; the root is the empty name.
    static Map<String, Place> places(Declaration declaration) {
        var places = new LinkedHashMap<String, Place>();
        collect("", List.of(), declaration, places);
        return places;
    }

    /// A supervisor's ids from below the root down, and how it was declared.
    record Place(List<String> ids, Declaration declaration) {
        boolean isDynamic() {
            return declaration.strategy() == Strategy.DYNAMIC;
        }
    }

    private static void collect(String name, List<String> ids, Declaration declaration,
            Map<String, Place> places) {
        places.put(name, new Place(ids, declaration));
        for (var item : declaration.items()) {
            if (item instanceof Declaration.Nested(var id, _, var nested)) {
                var below = new ArrayList<>(ids);
                below.add(id);
                collect(id, List.copyOf(below), nested, places);
            }
        }
    }

    /// Where the child `id` lives, if it was declared or started at run time under `places`.
    static List<String> pathOf(Place place, String id) {
        var path = new ArrayList<>(place.ids());
        path.add(id);
        return List.copyOf(path);
    }
}
