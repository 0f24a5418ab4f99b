package io.macula.coordination.wire;

import io.macula.app.coordination.Condition;
import io.macula.app.coordination.Fence;
import io.macula.app.coordination.Operation;
import io.macula.app.coordination.OperationResult;
import io.macula.app.coordination.Transaction;
import io.macula.coordination.state.Limits;

/// Transactions and their results.
final class TransactionForm {

    private TransactionForm() {}

    static void write(Out out, Transaction transaction) {
        out.list(transaction.conditions(), TransactionForm::writeCondition)
                .list(transaction.operations(), TransactionForm::writeOperation)
                .list(transaction.otherwise(), TransactionForm::writeOperation);
    }

    static Transaction read(In in) {
        return new Transaction(in.list(Limits.CONDITIONS_MAX, TransactionForm::readCondition),
                in.list(Limits.OPERATIONS_MAX, TransactionForm::readOperation),
                in.list(Limits.OPERATIONS_MAX, TransactionForm::readOperation));
    }

    private static void writeCondition(Out out, Condition condition) {
        switch (condition) {
            case Condition.Absent(var key) -> out.number(0).text(key);
            case Condition.RevisionIs(var key, var revision) ->
                out.number(1).text(key).number(revision);
            case Condition.ValueIs(var key, var value) -> out.number(2).text(key).payload(value);
            case Condition.LockHeld(var name, var fence) ->
                out.number(3).text(name).number(fence.value());
            case Condition.Leads(var name, var fence) ->
                out.number(4).text(name).number(fence.value());
        }
    }

    private static Condition readCondition(In in) {
        return switch (in.tag(4)) {
            case 0 -> new Condition.Absent(in.name());
            case 1 -> new Condition.RevisionIs(in.name(), in.count());
            case 2 -> new Condition.ValueIs(in.name(), in.payload());
            case 3 -> new Condition.LockHeld(in.name(), new Fence(in.ordinal()));
            default -> new Condition.Leads(in.name(), new Fence(in.ordinal()));
        };
    }

    private static void writeOperation(Out out, Operation operation) {
        switch (operation) {
            case Operation.Get(var key) -> out.number(0).text(key);
            case Operation.Put(var key, var value) -> out.number(1).text(key).payload(value);
            case Operation.Delete(var key) -> out.number(2).text(key);
        }
    }

    private static Operation readOperation(In in) {
        return switch (in.tag(2)) {
            case 0 -> new Operation.Get(in.name());
            case 1 -> new Operation.Put(in.name(), in.payload());
            default -> new Operation.Delete(in.name());
        };
    }

    static void writeResult(Out out, OperationResult result) {
        switch (result) {
            case OperationResult.Found(var value, var revision) ->
                out.number(0).payload(value).number(revision);
            case OperationResult.NotFound() -> out.number(1);
            case OperationResult.Written(var revision) -> out.number(2).number(revision);
            case OperationResult.Removed() -> out.number(3);
        }
    }

    static OperationResult readResult(In in) {
        return switch (in.tag(3)) {
            case 0 -> new OperationResult.Found(in.payload(), in.ordinal());
            case 1 -> new OperationResult.NotFound();
            case 2 -> new OperationResult.Written(in.ordinal());
            default -> new OperationResult.Removed();
        };
    }
}
