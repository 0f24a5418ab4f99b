package io.macula.dht.sim;

/// What to simulate.
///
/// @param nodes nodes alive at any time, 2 to 1 000 000
/// @param churnPerHour the share of nodes that leave without a word in an hour, each replaced by a new one; 0 to below 1
/// @param loss the share of messages lost, each way; 0 to below 1
/// @param hours virtual hours after the network is built and the keys are stored; 0 measures once
/// @param lookups node lookups, spread over the whole time
/// @param keys values stored once at the start, and each looked up every half hour
/// @param seed decides everything that is random
/// @param liars the share of nodes that lie; 0 to below 1
/// @param paths disjoint paths of each lookup and each store
public record SimConfig(int nodes, double churnPerHour, double loss, double hours, int lookups,
        int keys, long seed,
        double liars, int paths) {

    /// 1000 calm nodes, 2000 lookups, 500 keys, seed 1, one path.
    public static final SimConfig DEFAULT = new SimConfig(1000, 0, 0, 0, 2000, 500, 1, 0, 1);

    public SimConfig {
        within("nodes", nodes, 2, 1_000_000);
        within("lookups", lookups, 0, 1_000_000);
        within("keys", keys, 0, 1_000_000);
        within("paths", paths, 1, 16);
        within("hours", hours, 0, 240);
        share("churnPerHour", churnPerHour);
        share("loss", loss);
        share("liars", liars);
    }

    /// The paths to take when the user names none: 3 with liars, else 1.
    public static int pathsFor(double liars) {
        return liars > 0 ? 3 : 1;
    }

    private static void within(String name, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(
                    name + " is " + (long) min + " to " + (long) max + ", not "
                            + (value == (long) value ? Long.toString((long) value) : value));
        }
    }

    private static void share(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(
                    name + " is a share from 0 to below 1, not " + value);
        }
    }
}
