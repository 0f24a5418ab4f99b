/// The words the whole DHT shares: node ids, endpoints, contacts. The parts live in packages of
/// their own: `record`, `table`, `lookup`, `store`, `node` (the reducer that joins them), `sim`.
@NullMarked
package io.macula.dht;

import org.jspecify.annotations.NullMarked;
