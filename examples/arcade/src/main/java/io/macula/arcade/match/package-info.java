/// One match, on all the nodes that have to do with it: the one that runs it (its host), the one that goes on when that falls
/// silent (its standby), and those that show it. [io.macula.arcade.match.Part] decides, [io.macula.arcade.match.Arena] carries out.
@NullMarked
package io.macula.arcade.match;

import org.jspecify.annotations.NullMarked;
