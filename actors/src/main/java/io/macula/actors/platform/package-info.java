/// The services that nodes offer to workloads, as one tree.
@NullMarked
package io.macula.actors.platform;

import org.jspecify.annotations.NullMarked;
