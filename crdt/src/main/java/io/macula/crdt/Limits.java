package io.macula.crdt;

import java.util.Optional;

/// What a store accepts. The same everywhere in a Cluster, or a value written here is refused there.
///
/// @param elementBytesMax
///            an element of a set, a field's name
/// @param valueBytesMax
///            the value of a register or field
/// @param keyBytesMax
///            a name in the outermost map
/// @param entriesMax
///            live entries in all
public record Limits(int elementBytesMax, int valueBytesMax, int keyBytesMax, int entriesMax) {

    public static final Limits DEFAULT = new Limits(4 << 10, 64 << 10, 512, 2_000_000);

    /// Numbers of dots stay below this, so that arithmetic on them never overflows.
    public static final long DOT_MAX = 1L << 53;

    /// Replicas in one set of dots.
    public static final int REPLICAS_MAX = 256;

    /// Intervals in one set of dots.
    public static final int INTERVALS_MAX = 1024;

    public Limits {
        if (elementBytesMax < 1 || valueBytesMax < 1 || keyBytesMax < 1 || entriesMax < 1) {
            throw new IllegalArgumentException("limits are 1 or more");
        }
        if (elementBytesMax > 64 << 10 || valueBytesMax > 64 << 10 || keyBytesMax > 4 << 10) {
            throw new IllegalArgumentException("limits are at most 64 KiB, of a key 4 KiB");
        }
    }

    /// Which limit was passed, by how much.
    public record Exceeded(String what, long is, long max) {}

    /// The first limit that `entry` breaks.
    public Optional<Exceeded> brokenBy(Entry entry) {
        var steps = entry.path().steps();
        for (int i = 0; i < steps.size(); i++) {
            var max = i == 0 ? keyBytesMax : elementBytesMax;
            if (steps.get(i).name().sizeBytes() > max) {
                return Optional.of(new Exceeded(i == 0 ? "key" : "field",
                        steps.get(i).name().sizeBytes(), max));
            }
        }
        if (entry.slot().sizeBytes() > elementBytesMax) {
            return Optional.of(new Exceeded("element", entry.slot().sizeBytes(), elementBytesMax));
        }
        if (entry.leaf() instanceof Leaf.Assigned(_, var value)
                && value.sizeBytes() > valueBytesMax) {
            return Optional.of(new Exceeded("value", value.sizeBytes(), valueBytesMax));
        }
        return Optional.empty();
    }
}
