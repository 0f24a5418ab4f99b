/// The wire protocol: frames, messages, topics, and the limits that hold before anything is
/// allocated.
/// Frame and message ids are those of Macula 0.14; its keys are read tolerantly and ours are extra.
@NullMarked
package io.macula.actors.wire;

import org.jspecify.annotations.NullMarked;
