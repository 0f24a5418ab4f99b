/// The pure cores of calling: who offers what, which calls are under way, and how a call may end.
@NullMarked
package io.macula.actors.rpc;

import org.jspecify.annotations.NullMarked;
