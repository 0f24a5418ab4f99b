package io.macula.it.linear;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// A register that is read, written, and written if it holds what one expects. Empty text: nothing.
final class RegisterModel implements Model<String, RegisterModel.Operation> {

    sealed interface Operation {
        record Read(String value) implements Operation {}

        record Write(String value) implements Operation {}

        record Replaced(String expected, String value) implements Operation {}

        /// The register held something else: `found`.
        record NotReplaced(String expected, String found) implements Operation {}

        record WroteMaybe(String value) implements Operation {}

        record ReplacedMaybe(String expected, String value) implements Operation {}
    }

    @Override
    public String initial() {
        return "";
    }

    @Override
    public Optional<String> after(String state, Operation operation) {
        return switch (operation) {
            case Operation.Read(var value) -> then(state.equals(value), value);
            case Operation.Write(var value) -> Optional.of(value);
            case Operation.Replaced(var expected, var value) -> then(state.equals(expected), value);
            case Operation.NotReplaced(var expected, var found) ->
                then(!state.equals(expected) && state.equals(found), state);
            case Operation.WroteMaybe(var value) -> Optional.of(value);
            case Operation.ReplacedMaybe(var expected, var value) ->
                then(state.equals(expected), value);
        };
    }

    private static Optional<String> then(boolean possible, String next) {
        return possible ? Optional.of(next) : Optional.empty();
    }

    /// A write in doubt whose value nobody saw may as well never have happened.
    @Override
    public List<Call<Operation>> relevant(List<Call<Operation>> history) {
        var seen = new HashSet<String>();
        history.forEach(call -> {
            switch (call.operation()) {
                case Operation.Read(var value) -> seen.add(value);
                case Operation.NotReplaced(_, var found) -> seen.add(found);
                case Operation.Replaced(var expected, _) -> seen.add(expected);
                case Operation.ReplacedMaybe(var expected, _) -> seen.add(expected);
                case Operation.Write _,Operation.WroteMaybe _ -> {
                    // they see nothing
                }
            }
        });
        return history.stream().filter(call -> switch (call.operation()) {
            case Operation.WroteMaybe(var value) -> seen.contains(value);
            case Operation.ReplacedMaybe(_, var value) -> seen.contains(value);
            case Operation other -> true;
        }).toList();
    }
}
