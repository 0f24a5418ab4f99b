package io.macula.coordination.state;

import io.macula.app.Payload;
import io.macula.app.coordination.Condition;
import io.macula.app.coordination.Fence;
import io.macula.app.coordination.Operation;
import io.macula.app.coordination.OperationResult;
import io.macula.app.coordination.Transaction;
import java.util.ArrayList;
import java.util.List;

/// One transaction under way. When it is refused, what it did so far is thrown away with it.
final class Transacting {

    private final Table<String, Store.Entry> entries;
    private final Claims claims;
    private final long revision;
    private final int readBytesMax;
    private long sizeBytes;
    private int readBytes;
    private boolean written;

    Transacting(Store before, Claims claims, long revision, int readBytesMax) {
        entries = new Table<>(before.entries());
        sizeBytes = before.sizeBytes();
        this.claims = claims;
        this.revision = revision;
        this.readBytesMax = readBytesMax;
    }

    Store store() {
        return new Store(entries.now());
    }

    boolean hasWritten() {
        return written;
    }

    Reply run(Transaction transaction) {
        if (transaction.conditions().size() > Limits.CONDITIONS_MAX
                || transaction.operations().size() > Limits.OPERATIONS_MAX
                || transaction.otherwise().size() > Limits.OPERATIONS_MAX) {
            return new Reply.Refused("a transaction has at most " + Limits.OPERATIONS_MAX
                    + " operations and " + Limits.CONDITIONS_MAX + " conditions");
        }
        boolean succeeded = transaction.conditions().stream().allMatch(this::holds);
        var operations = succeeded ? transaction.operations() : transaction.otherwise();
        if (!operations.stream().allMatch(Transacting::isWithinLimits)) {
            return new Reply.Refused("a key has 1 to " + Limits.NAME_CHARS_MAX
                    + " characters, a value at most " + Limits.VALUE_BYTES_MAX + " bytes");
        }
        var results = new ArrayList<OperationResult>();
        operations.forEach(operation -> results.add(perform(operation)));
        if (entries.size() > Limits.KEYS_MAX || sizeBytes > Limits.STORE_BYTES_MAX) {
            return new Reply.Refused("the store is full: at most " + Limits.KEYS_MAX
                    + " keys and " + Limits.STORE_BYTES_MAX + " bytes");
        }
        return readBytes > readBytesMax
                ? new Reply.Refused("it reads more than " + readBytesMax + " bytes")
                : new Reply.Transacted(succeeded, List.copyOf(results));
    }

    private boolean holds(Condition condition) {
        return switch (condition) {
            case Condition.Absent(var key) -> entries.get(key) == null;
            case Condition.RevisionIs(var key, var expected) -> {
                var entry = entries.get(key);
                yield entry != null && entry.revision() == expected;
            }
            case Condition.ValueIs(var key, var expected) -> {
                var entry = entries.get(key);
                yield entry != null && entry.value().equals(expected);
            }
            case Condition.LockHeld(var name, var fence) -> isHeld(Claim.lock(name), fence);
            case Condition.Leads(var name, var fence) -> isHeld(Claim.election(name), fence);
        };
    }

    private boolean isHeld(Claim claim, Fence fence) {
        var holder = claims.holder(claim);
        return holder != null && holder.fence() == fence.value();
    }

    private static boolean isWithinLimits(Operation operation) {
        return Limits.isName(operation.key()) && !(operation instanceof Operation.Put(_, var value)
                && value.sizeBytes() > Limits.VALUE_BYTES_MAX);
    }

    private OperationResult perform(Operation operation) {
        return switch (operation) {
            case Operation.Get(var key) -> get(key);
            case Operation.Put(var key, var value) -> put(key, value);
            case Operation.Delete(var key) -> delete(key);
        };
    }

    private OperationResult get(String key) {
        var entry = entries.get(key);
        if (entry == null) {
            return new OperationResult.NotFound();
        }
        readBytes += entry.value().sizeBytes();
        return new OperationResult.Found(entry.value(), entry.revision());
    }

    private OperationResult put(String key, Payload value) {
        delete(key);
        var entry = new Store.Entry(value, revision);
        sizeBytes += Store.sizeBytes(key, entry);
        entries.put(key, entry);
        written = true;
        return new OperationResult.Written(revision);
    }

    private OperationResult delete(String key) {
        var entry = entries.get(key);
        if (entry == null) {
            return new OperationResult.NotFound();
        }
        sizeBytes -= Store.sizeBytes(key, entry);
        entries.remove(key);
        written = true;
        return new OperationResult.Removed();
    }
}
