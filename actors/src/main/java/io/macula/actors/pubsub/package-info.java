/// The pure core of publish and subscribe: who wants which topics.
@NullMarked
package io.macula.actors.pubsub;

import org.jspecify.annotations.NullMarked;
