/// JSON as the Arcade speaks it between pages, nodes and the matchmaker: small, bounded, without a library. A workload is
/// deployed as one jar, and what it would bring along here is larger than what it needs.
@NullMarked
package io.macula.arcade.json;

import org.jspecify.annotations.NullMarked;
