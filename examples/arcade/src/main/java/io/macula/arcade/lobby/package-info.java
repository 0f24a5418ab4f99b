/// The pages that are open on this node: what they say, what they are told, and what is asked of the matchmaker for them.
@NullMarked
package io.macula.arcade.lobby;

import org.jspecify.annotations.NullMarked;
