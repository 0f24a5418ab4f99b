package io.macula.supervision;

import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/// Makes refs that pass what they are told to a function. Safe for all threads.
interface StableRefs {

    /// @param name last part of the ref's path, for logs; URL-safe characters only
    ActorRef<Object> create(String name, Consumer<Object> deliver);

    /// From now on messages to `ref` go to dead letters and its function can be collected.
    void release(ActorRef<Object> ref);

    /// Refs without a mailbox; on a Pekko whose internals have changed, relays.
    static StableRefs ownedBy(ActorContext<?> context) {
        try {
            var direct = new FunctionRefs(context);
            direct.release(direct.create("probe", _ -> {}));
            return direct;
        } catch (LinkageError | ClassCastException changed) {
            context.getLog()
                    .atWarn()
                    .setCause(changed)
                    .log("stable refs fall back to relay actors: Pekko's internals have changed");
            return new Relays(context.getSystem());
        }
    }
}
