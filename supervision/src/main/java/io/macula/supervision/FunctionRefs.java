package io.macula.supervision;

import java.util.function.Consumer;
import org.apache.pekko.actor.ActorCell;
import org.apache.pekko.actor.FunctionRef;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import scala.runtime.BoxedUnit;

/// Refs without a mailbox: `tell` runs the function in the sender's thread. The only class that uses
/// `ActorCell.addFunctionRef`, which is public in bytecode and private to Pekko in Scala; checked
/// against Pekko 1.7.0. Its table is changed by compare-and-set, so any thread may call.
final class FunctionRefs implements StableRefs {

    private final ActorCell cell;

    /// Refs owned by the actor of `context`; they end with it.
    FunctionRefs(ActorContext<?> context) {
        this.cell = (ActorCell) Adapter.toClassic(context);
    }

    @Override
    @SuppressWarnings("unchecked")
    public ActorRef<Object> create(String name, Consumer<Object> deliver) {
        var ref = cell.addFunctionRef((_, message) -> {
            deliver.accept(message);
            return BoxedUnit.UNIT;
        }, name);
        return (ActorRef<Object>) (ActorRef<?>) Adapter.toTyped(ref);
    }

    @Override
    public void release(ActorRef<Object> ref) {
        if (Adapter.toClassic(ref) instanceof FunctionRef function) {
            cell.removeFunctionRef(function);
        }
    }
}
