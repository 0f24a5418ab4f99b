package io.macula.dht.sim;

/// The network between nodes: one-way delays of 5 to 150 ms, most of them short, the same both ways
/// and for each message of a pair; and loss.
final class Links {

    private static final long LEAST_MILLIS = 5;
    private static final long SPREAD_MILLIS = 145;

    private final long salt;
    private final double loss;
    private final Seeded random;

    Links(Seeded root, double loss) {
        this.salt = root.branch("delay").nextLong();
        this.random = root.branch("loss");
        this.loss = loss;
    }

    boolean loses() {
        return loss > 0 && random.nextDouble() < loss;
    }

    /// 5 + 145 u² ms for u even between 0 and 1, in integers.
    long delayMillis(int one, int other) {
        var pair = (long) Math.min(one, other) << 32 | Math.max(one, other);
        var u = Seeded.mix(pair ^ salt) >>> 48;
        return LEAST_MILLIS + (SPREAD_MILLIS * u * u >>> 32);
    }
}
