/// The versioned binary form of commands, replies and snapshots: MessagePack, read with limits that
/// hold before anything is allocated.
@NullMarked
package io.macula.coordination.wire;

import org.jspecify.annotations.NullMarked;
