/// The node's HTTP port: what stands where, who may ask, and the bounds. What speaks HTTP to the network
/// is in `netty`.
@NullMarked
package io.macula.actors.http;

import org.jspecify.annotations.NullMarked;
