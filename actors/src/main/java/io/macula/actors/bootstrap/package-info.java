/// The processes that tell newcomers who is there and who offers what.
@NullMarked
package io.macula.actors.bootstrap;

import org.jspecify.annotations.NullMarked;
