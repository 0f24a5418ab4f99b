package io.macula.it.linear;

import io.macula.it.linear.RegisterModel.Operation.Read;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// One read that is too old, planted in what clients really saw: a checker that lets it pass lets others pass too.
final class StaleRead {

    private StaleRead() {}

    /// The history with one more read, of a value that had been seen and then seen to be gone. Every value is written only
    /// once, so that it cannot have come back.
    ///
    /// @return empty when no two reads followed each other with something else in between
    static Optional<List<Call<RegisterModel.Operation>>> plantedIn(
            List<Call<RegisterModel.Operation>> history) {
        var reads = history.stream()
                .filter(call -> call.isKnown() && call.operation() instanceof Read)
                .sorted(Comparator.comparingLong(Call::invoked))
                .toList();
        for (int later = reads.size() - 1; later > 0; later--) {
            for (int earlier = later - 1; earlier >= 0; earlier--) {
                if (isReplaced(reads.get(earlier), reads.get(later))) {
                    return Optional.of(with(history, reads.get(earlier), reads.get(later)));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isReplaced(Call<?> earlier, Call<?> later) {
        return earlier.returned() < later.invoked()
                && !earlier.operation().equals(later.operation());
    }

    private static List<Call<RegisterModel.Operation>> with(
            List<Call<RegisterModel.Operation>> history, Call<RegisterModel.Operation> earlier,
            Call<RegisterModel.Operation> later) {
        var planted = new ArrayList<>(history);
        planted.add(new Call<>(earlier.operation(), later.returned() + 1, later.returned() + 2));
        return planted;
    }
}
