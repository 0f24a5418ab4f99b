package io.macula.app.coordination;

import io.macula.app.Payload;
import java.util.List;

/// If all conditions hold, some operations, else others; all at one point in time.
///
/// @param conditions
///            none means they hold
/// @param otherwise
///            what runs when a condition does not hold
public record Transaction(List<Condition> conditions, List<Operation> operations,
        List<Operation> otherwise) {

    public Transaction {
        conditions = List.copyOf(conditions);
        operations = List.copyOf(operations);
        otherwise = List.copyOf(otherwise);
    }

    /// Reads `key`, as it stands when a majority decides.
    public static Transaction get(String key) {
        return of(List.of(), new Operation.Get(key));
    }

    /// Writes `value`, whatever stood there.
    public static Transaction put(String key, Payload value) {
        return of(List.of(), new Operation.Put(key, value));
    }

    /// Writes `next` if `expected` stands under `key`; else reads what does.
    public static Transaction compareAndSet(String key, Payload expected, Payload next) {
        return new Transaction(List.of(new Condition.ValueIs(key, expected)),
                List.of(new Operation.Put(key, next)), List.of(new Operation.Get(key)));
    }

    /// Writes `value` if nothing stands under `key`; else reads what does.
    public static Transaction putIfAbsent(String key, Payload value) {
        return new Transaction(List.of(new Condition.Absent(key)),
                List.of(new Operation.Put(key, value)), List.of(new Operation.Get(key)));
    }

    private static Transaction of(List<Condition> conditions, Operation operation) {
        return new Transaction(conditions, List.of(operation), List.of());
    }
}
