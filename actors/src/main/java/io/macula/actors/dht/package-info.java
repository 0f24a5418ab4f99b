/// The process that runs this node's part of the DHT, and what the rest of the node sees of it:
/// who provides a procedure, who wants a topic, which gateways and peers the realm has.
@NullMarked
package io.macula.actors.dht;

import org.jspecify.annotations.NullMarked;
