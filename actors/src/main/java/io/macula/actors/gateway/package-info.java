/// The processes of the gateway role: they let peers in, route between them, and keep the directory of
/// who offers what.
@NullMarked
package io.macula.actors.gateway;

import org.jspecify.annotations.NullMarked;
