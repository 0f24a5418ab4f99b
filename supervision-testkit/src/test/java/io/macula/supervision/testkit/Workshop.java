package io.macula.supervision.testkit;

import io.macula.supervision.Child;
import io.macula.supervision.Key;
import io.macula.supervision.Spec;
import io.macula.supervision.Supervisor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// A tree to break: three children under rest_for_one, who note what they are told.
final class Workshop {

    static final Key<String> CONNECTION = Key.of("connection");
    static final Key<String> PARSER = Key.of("parser");
    static final Key<String> WRITER = Key.of("writer");

    /// What was handled, as `id message`, and `id cleans` for a cleanup.
    final List<String> seen = new CopyOnWriteArrayList<>();

    Spec spec() {
        return Supervisor.restForOne()
                .intensity(5, Duration.ofSeconds(10))
                .child(CONNECTION, noting("connection"))
                .child(PARSER, noting("parser"))
                .child(Child.of(WRITER, noting("writer")));
    }

    Behavior<String> noting(String id) {
        return Behaviors.setup(_ -> Behaviors.receive(String.class)
                .onMessage(String.class, message -> {
                    seen.add(id + " " + message);
                    return Behaviors.same();
                })
                .onSignal(PostStop.class, _ -> {
                    seen.add(id + " cleans");
                    return Behaviors.same();
                })
                .build());
    }
}
