/// Snake for two, as a pure core: a board, two snakes, food, and what a tick makes of them. No clock and no actor: the same
/// seed and the same turns give the same game on every node.
@NullMarked
package io.macula.arcade.game;

import org.jspecify.annotations.NullMarked;
