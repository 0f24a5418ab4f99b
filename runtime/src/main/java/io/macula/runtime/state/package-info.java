/// Shared state on disk: RocksDB in the node's data directory. Nobody else may open it while the
/// node runs.
@NullMarked
package io.macula.runtime.state;

import org.jspecify.annotations.NullMarked;
