package io.macula.crdt.sim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Decides what becomes of a frame.
final class SimNetwork {

    private static final int DELAY_MILLIS_MAX = 30;
    private static final double DOUBLED = 0.02;

    private final double loss;
    private final RandomGenerator random;
    private final List<Cut> cuts = new ArrayList<>();

    private record Cut(Set<Long> oneSide, long untilMillis) {}

    SimNetwork(double loss, RandomGenerator random) {
        this.loss = loss;
        this.random = random;
    }

    /// Parts some of the nodes from the others until `untilMillis`.
    void part(List<Long> nodes, long untilMillis) {
        var oneSide = new HashSet<Long>();
        while (oneSide.isEmpty() || oneSide.size() == nodes.size()) {
            oneSide.clear();
            nodes.stream().filter(_ -> random.nextBoolean()).forEach(oneSide::add);
        }
        cuts.add(new Cut(oneSide, untilMillis));
    }

    /// After how many milliseconds the frame arrives: never, once or twice. Late frames overtake.
    List<Integer> delays(long from, long to, long nowMillis) {
        cuts.removeIf(cut -> cut.untilMillis() <= nowMillis);
        var isCut = cuts.stream()
                .anyMatch(cut -> cut.oneSide().contains(from) != cut.oneSide().contains(to));
        if (isCut || random.nextDouble() < loss) {
            return List.of();
        }
        var once = 1 + random.nextInt(DELAY_MILLIS_MAX);
        return random.nextDouble() < DOUBLED
                ? List.of(once, once + random.nextInt(500))
                : List.of(once);
    }
}
