package io.macula.benchmarks.traffic;

import java.nio.file.Path;
import java.util.List;

/// What the processes of one run are told.
///
/// @param nodes on how many nodes the subscribers live; 0 for the node that speaks
/// @param relayed whether our nodes have no direct link
/// @param folder where the run keeps its certificates and configurations
/// @param address where a broker, a gateway or the hearing side is found
record Plan(Contestant contestant, int subscribers, int nodes, boolean relayed, int payloadBytes,
        long warmupMillis, long measuredMillis, Path folder, String address) {

    /// Messages that may be under way; the same for everybody, so that nobody has to drop any.
    static final int WINDOW = 16_384;

    /// After so many messages a subscriber says how many it has.
    static final int ACKNOWLEDGE_EVERY = 1_024;

    Plan {
        if (payloadBytes < Note.BYTES_MIN) {
            throw new IllegalArgumentException("a payload has at least " + Note.BYTES_MIN
                    + " bytes");
        }
    }

    /// Whether there is only one node.
    boolean isAlone() {
        return nodes == 0;
    }

    Plan at(String newAddress) {
        return new Plan(contestant, subscribers, nodes, relayed, payloadBytes, warmupMillis,
                measuredMillis, folder, newAddress);
    }

    List<String> words() {
        return List.of(contestant.name(), Integer.toString(subscribers), Integer.toString(nodes),
                Boolean.toString(relayed), Integer.toString(payloadBytes),
                Long.toString(warmupMillis), Long.toString(measuredMillis), folder.toString(),
                address);
    }

    static Plan of(List<String> words) {
        return new Plan(Contestant.valueOf(words.get(0)), Integer.parseInt(words.get(1)),
                Integer.parseInt(words.get(2)), Boolean.parseBoolean(words.get(3)),
                Integer.parseInt(words.get(4)), Long.parseLong(words.get(5)),
                Long.parseLong(words.get(6)), Path.of(words.get(7)), words.get(8));
    }
}
