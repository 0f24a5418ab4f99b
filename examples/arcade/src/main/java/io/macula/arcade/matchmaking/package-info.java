/// Who plays whom: one matchmaker for all nodes, as a global service, and what is said to it.
@NullMarked
package io.macula.arcade.matchmaking;

import org.jspecify.annotations.NullMarked;
