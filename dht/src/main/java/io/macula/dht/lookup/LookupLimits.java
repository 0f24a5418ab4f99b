package io.macula.dht.lookup;

/// How a lookup walks.
///
/// @param wanted contacts to end with, `k` of the paper
/// @param parallel requests under way per path that are not slow, `alpha` of the paper
/// @param paths disjoint paths; 1 for speed, 3 or more against lying nodes (S/Kademlia, 4.4)
public record LookupLimits(int wanted, int parallel, int paths) {

    public LookupLimits {
        if (wanted < 1 || parallel < 1 || paths < 1) {
            throw new IllegalArgumentException(
                    "a lookup needs at least one contact, request and path");
        }
    }

    /// How many paths bring a value before the others are not waited for any more: more than half.
    int quorum() {
        return paths / 2 + 1;
    }
}
