/// How a node says over HTTP whether it is alive and ready.
@NullMarked
package io.macula.actors.health;

import org.jspecify.annotations.NullMarked;
