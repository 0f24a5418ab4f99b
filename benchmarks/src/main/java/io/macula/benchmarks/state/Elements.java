package io.macula.benchmarks.state;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// The elements that are added to a set: `count` of them from `from` on.
///
/// @param prefix `uuid` for elements without a common beginning
record Elements(String prefix, int from, int count) {

    private static final String UUIDS = "uuid";

    String element(int index) {
        var name = prefix + "-element-" + (from + index);
        return prefix.equals(UUIDS)
                ? UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString()
                : name;
    }
}
