/// Services of which a Cluster runs one at a time: the platform elects the node, keeps the state for its
/// successor, and leads requests there.
@NullMarked
package io.macula.app.global;

import org.jspecify.annotations.NullMarked;
