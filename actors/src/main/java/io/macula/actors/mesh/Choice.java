package io.macula.actors.mesh;

import io.macula.actors.dht.Provider;
import io.macula.dht.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;

/// How one of several providers is chosen. Pure.
public enum Choice {
    /// The one with the fewest calls of this node under way, and of equals the one that says it is
    /// least busy; of equals again, any.
    LEAST_LOADED,
    /// Each in its turn.
    ROUND_ROBIN,
    /// Any.
    RANDOM,
    /// The one with the shortest measured round trip; those without a direct link come last.
    CLOSEST;

    /// What is known of the providers at this moment.
    ///
    /// @param turn grows by one with each call
    /// @param openCalls calls of this node under way at a provider
    /// @param roundTripNanos to a provider, [Long#MAX_VALUE] when it was never measured
    public record Sight(long turn, ToIntFunction<NodeId> openCalls,
            ToLongFunction<NodeId> roundTripNanos) {}

    /// One of the providers that `may` be asked; empty when none may.
    public Optional<Provider> of(List<Provider> providers, Predicate<NodeId> may, Sight sight,
            RandomGenerator random) {
        if (providers.size() == 1) { // the usual case, and asked for each call
            var only = providers.getFirst();
            return may.test(only.node()) ? Optional.of(only) : Optional.empty();
        }
        var allowed = providers.stream()
                .filter(provider -> may.test(provider.node()))
                .sorted(Comparator.comparing(Provider::node))
                .toList();
        if (allowed.isEmpty()) {
            return Optional.empty();
        }
        var begin = this == ROUND_ROBIN
                ? (int) Math.floorMod(sight.turn(), (long) allowed.size())
                : random.nextInt(allowed.size());
        var turned = new ArrayList<>(allowed.subList(begin, allowed.size()));
        turned.addAll(allowed.subList(0, begin));
        return switch (this) {
            case RANDOM, ROUND_ROBIN -> Optional.of(turned.getFirst());
            case LEAST_LOADED -> turned.stream()
                    .min(Comparator
                            .comparingInt(
                                    (Provider each) -> sight.openCalls().applyAsInt(each.node()))
                            .thenComparingLong(Provider::load));
            case CLOSEST -> turned.stream()
                    .min(Comparator.comparingLong(
                            each -> sight.roundTripNanos().applyAsLong(each.node())));
        };
    }
}
