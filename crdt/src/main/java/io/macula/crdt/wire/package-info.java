/// The MessagePack form of values and of the replicator's frames, with limits that are checked
/// before anything is allocated. What does not fit the form is refused as a whole.
@NullMarked
package io.macula.crdt.wire;

import org.jspecify.annotations.NullMarked;
