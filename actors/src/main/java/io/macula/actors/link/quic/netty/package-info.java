/// QUIC by Netty (quiche and BoringSSL): fast, native, no thread per connection.
/// All callbacks come on the provider's event loops.
@NullMarked
package io.macula.actors.link.quic.netty;

import org.jspecify.annotations.NullMarked;
